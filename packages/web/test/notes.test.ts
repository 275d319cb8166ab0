import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SystemMessage, UserId } from '@rill/protocol';
import { en } from '../src/i18n/en/en.ts';
import { zh } from '../src/i18n/zh/zh.ts';
import { noteWords } from '../src/model/notes.ts';

const me = '0000000000' as UserId;
const people = Array.from({ length: 500 }, (_, at) => `${at}`.padStart(10, '1') as UserId);
const times = { span: () => '' };
const name = (id: UserId) => `P${people.indexOf(id)}`;
const [first = me] = people;
const of = (note: SystemMessage['note'], author = me) => ({ kind: 'system', author, note }) as SystemMessage;
const added = of({ code: 'member.added', user: first });

test('a few are named, of many the first and how many there are, in both languages', () => {
  const say = (words: typeof en, many: number) => noteWords(added, me, words, times, name, people.slice(0, many));
  assert.equal(say(en, 5), 'You added P0, P1, P2, P3, and P4');
  assert.equal(say(en, 6), 'You added P0, P1, P2, and 3 others');
  assert.equal(say(en, 500), 'You added P0, P1, P2, and 497 others');
  assert.equal(say(zh, 5), '你添加了“P0”、“P1”、“P2”、“P3”、“P4”');
  assert.equal(say(zh, 6), '你添加了“P0”、“P1”、“P2”等 6 人');
  assert.equal(
    noteWords(of({ code: 'member.joined' }), me, zh, times, name, people),
    '“P0”、“P1”、“P2”等 500 人加入了房间',
  );
});

test('one alone is named in quotes, the reader without', () => {
  assert.equal(noteWords(added, me, zh, times, name), '你添加了“P0”');
  assert.equal(noteWords(of({ code: 'member.joined' }), me, zh, times, name), '你加入了房间');
});

test('nobody passes for the reader: who is called 你 is quoted as everybody is', () => {
  const joined = of({ code: 'member.joined' }, first);
  assert.equal(
    noteWords(joined, me, zh, times, () => '你'),
    '“你”加入了房间',
  );
  assert.equal(
    noteWords(joined, me, zh, times, () => '“王”'),
    '““王””加入了房间',
  );
  assert.equal(noteWords(joined, me, zh, times, name, [first, me]), '“P0”、你加入了房间');
  assert.equal(noteWords(joined, me, en, times, name, [first, me]), 'P0 and you joined');
  assert.equal(noteWords(joined, me, en, times, name, [me, first]), 'You and P0 joined');
});
