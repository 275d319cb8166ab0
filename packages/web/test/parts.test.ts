import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefOf, isEmojiOnly, partsOf } from '../src/features/timeline/parts.ts';

const links = (text: string) => partsOf(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
const whole = (text: string) =>
  partsOf(text)
    .map((part) => part.text)
    .join('');

test('an address becomes a link, and what ends the sentence does not', () => {
  assert.deepEqual(links('see https://example.org/a?b=c#d.'), ['https://example.org/a?b=c#d']);
  assert.deepEqual(links('(https://example.org/x(y))'), ['https://example.org/x(y)']);
  assert.deepEqual(links('http://example.org, https://example.com!'), ['http://example.org/', 'https://example.com/']);
});

test('in Chinese an address ends where the sentence goes on', () => {
  assert.deepEqual(links('请看https://example.org/路径，谢谢'), ['https://example.org/']);
  assert.deepEqual(links('请看 https://example.org/a，谢谢'), ['https://example.org/a']);
  assert.deepEqual(links('链接：https://example.org/a。'), ['https://example.org/a']);
});

test('only http and https to a host that reads as it is become links', () => {
  for (const odd of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox',
    'file:///etc/passwd',
    '//evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https://user@evil.example',
    'https://good.example@evil.example/',
    'http://[::1]/',
    'https://xn--80ak6aa92e.com/',
    'https://аpple.com/',
    'https://',
    'https://\\evil.example',
    `https://example.org/${'a'.repeat(8_192)}`,
    'https://example.org\u202e/moc.live',
  ]) {
    for (const href of links(odd)) {
      const url = new URL(href);
      assert.ok(url.protocol === 'https:' && url.hostname === 'example.org', `${odd} → ${href}`);
    }
  }
  assert.equal(hrefOf('https://0x7f000001/'), undefined);
});

test('whatever is written comes out as it was written, in text nodes', () => {
  for (const text of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    '</script><!-- ]]>',
    '{{7*7}} ${7*7} %n',
    'a\u2028b\u2029c',
    '&lt;b&gt;',
    '`never closed',
    '``` never closed',
    '`a\nb`',
    '``',
  ]) {
    assert.equal(whole(text), text);
    assert.ok(
      partsOf(text).every((part) => part.kind === 'text'),
      text,
    );
  }
});

test('code stands in its own element, in a line or between fences', () => {
  assert.deepEqual(partsOf('use `npm start` here'), [
    { kind: 'text', text: 'use ' },
    { kind: 'code', text: 'npm start' },
    { kind: 'text', text: ' here' },
  ]);
  assert.deepEqual(partsOf('look:\n```ts\nlet a = `b`;\n```\nok'), [
    { kind: 'text', text: 'look:' },
    { kind: 'block', text: 'let a = `b`;' },
    { kind: 'text', text: 'ok' },
  ]);
  assert.deepEqual(links('`https://example.org` ```\nhttps://example.org\n```'), []);
});

test('texts made to be slow are cut in linear time', () => {
  for (const text of [
    '['.repeat(50_000),
    '`a'.repeat(20_000),
    '`\n'.repeat(25_000),
    'https://'.repeat(10_000),
    `https://a.b/${')'.repeat(40_000)}`,
    '```'.repeat(16_000),
  ]) {
    const from = performance.now();
    partsOf(text);
    assert.ok(performance.now() - from < 1_000, `${text.slice(0, 12)} took ${performance.now() - from} ms`);
  }
});

test('one to three emoji are large, words are not', () => {
  const flags = ['🇨🇳🇳🇱', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏳️‍🌈', '🏴‍☠️'];
  for (const large of ['🎉', '👍🏽', '☝🏽', '👨‍👩‍👧‍👦', '👩🏽‍💻', '🤷🏽‍♂️', '1️⃣', '❤️ 🔥', ...flags])
    assert.ok(isEmojiOnly(large), large);
  for (const small of ['', '1', '12', '#', '©', '☺', '🇨', 'ok 👍', '🎉🎉🎉🎉', '好'])
    assert.ok(!isEmojiOnly(small), small);
});
