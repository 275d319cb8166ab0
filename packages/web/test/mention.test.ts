import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentions } from '../src/model/mention.ts';

test('a mention is the sign and the whole name, in whatever case and script', () => {
  for (const [text, name] of [
    ['@mei can you look?', 'mei'],
    ['ask @Mei.', 'mei'],
    ['（@mei）', 'mei'],
    ['请@mei看一下', 'mei'],
    ['@meier and @mei', 'mei'],
    ['@小明 你好', '小明'],
    ['@a.b-c!', 'a.b-c'],
  ] as const) {
    assert.equal(mentions(text, name), true, text);
  }
});

test('part of an address or of a longer name is none', () => {
  for (const [text, name] of [
    ['mei', 'mei'],
    ['@meier', 'mei'],
    ['@mei-lin', 'mei'],
    ['@mei.lin', 'mei'],
    ['mail me@mei.example', 'mei'],
    ['https://x.example/@mei', 'mei'],
    ['@@mei', 'mei'],
    ['@小明明', '小明'],
    ['', 'mei'],
  ] as const) {
    assert.equal(mentions(text, name), false, text);
  }
});
