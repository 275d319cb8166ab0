import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomBeside } from '../src/app/room-beside.ts';
import { completed, fitting } from '../src/features/composer/completion.ts';
import { leftOf } from '../src/features/composer/length.ts';
import { tokenAt } from '../src/features/composer/token.ts';
import { deviceName } from '../src/features/settings/device.ts';
import { readPreferences } from '../src/model/preferences.ts';
import { hueOf, initialsOf } from '../src/ui/avatar.ts';
import { placed } from '../src/ui/place.ts';

test('initials are read from names of any script', () => {
  assert.equal(initialsOf('Ada Whitfield'), 'AW');
  assert.equal(initialsOf('ada'), 'A');
  assert.equal(initialsOf('张小三'), '小三');
  assert.equal(initialsOf('林美'), '林美');
  assert.equal(initialsOf('发布 2.4', true), '发');
  assert.equal(initialsOf('عمر الخطيب').length, 2);
  assert.equal(initialsOf('🎉🎉'), '🎉');
  assert.equal(initialsOf(''), '');
});

test('a colour stays with its id', () => {
  assert.equal(hueOf('abcdefghij'), hueOf('abcdefghij'));
  const hues = new Set(Array.from({ length: 200 }, (_, at) => hueOf(`user${at}`)));
  assert.equal(hues.size, 12);
});

test('the length is counted in code points, and told only near its end', () => {
  assert.equal(leftOf('short', 12_000), undefined);
  assert.equal(leftOf('a'.repeat(11_990), 12_000), 10);
  assert.equal(leftOf('😀'.repeat(6_000), 12_000), undefined);
  assert.equal(leftOf('😀'.repeat(12_001), 12_000), -1);
});

test('a floating box is always wholly in sight', () => {
  const view = { width: 390, height: 844 };
  const size = { width: 200, height: 300 };
  for (const [x, y] of [
    [0, 0],
    [389, 0],
    [0, 843],
    [389, 843],
    [200, 400],
  ] as const) {
    const { left, top } = placed({ left: x, right: x, top: y, bottom: y }, size, view);
    assert.ok(left >= 8 && left + size.width <= view.width - 8, `left ${left} at ${x},${y}`);
    assert.ok(top >= 8 && top + size.height <= view.height - 8, `top ${top} at ${x},${y}`);
  }
});

test('rooms beside are found in both directions, and the unread among them', () => {
  const rooms = [
    { id: 'a', unread: 0 },
    { id: 'b', unread: 0 },
    { id: 'c', unread: 2 },
  ] as never;
  const id = (current: string | undefined, step: 1 | -1, unread = false) =>
    roomBeside(rooms, current, step, unread)?.id;
  assert.deepEqual(
    [id('a', 1), id('b', -1), id('c', 1), id('a', 1, true), id(undefined, 1), id(undefined, -1)],
    ['b', 'a', undefined, 'c', 'a', 'c'],
  );
});

test('what a browser says of itself is told as a person would', () => {
  assert.equal(
    deviceName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'),
    'Chrome 156 · Linux',
  );
  assert.equal(
    deviceName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    ),
    'Safari 18 · iPhone',
  );
  assert.equal(deviceName('rill-cli/1'), 'rill-cli/1');
});

test('what was kept by another version is read without trust', () => {
  for (const kept of [undefined, null, 7, 'x', [], { theme: 3, locale: 'xx', notify: 'yes' }]) {
    const read = readPreferences(kept, ['zh-CN']);
    assert.deepEqual([read.theme, read.locale, read.notify], ['auto', 'zh-CN', false]);
  }
});

test('a name is completed where @ or # begins one, and nowhere else', () => {
  const typed = (text: string) => tokenAt(text, text.length)?.typed;
  assert.deepEqual(['@a', '你好@林', 'hi #des', '@', 'mail me@host', 'https://x/#y', '@a b', '##a'].map(typed), [
    'a',
    '林',
    'des',
    '',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const people = [
    { id: '1', name: '张三', detail: 'zhang', written: '@zhang' },
    { id: '2', name: 'Ada', detail: 'ada', written: '@ada' },
  ];
  assert.deepEqual(
    fitting(people, 'zs').map(({ id }) => id),
    ['1'],
  );
  assert.deepEqual(fitting(people, '').length, 2);
  const token = tokenAt('ask @a now', 6);
  const [, ada] = people;
  assert.ok(token !== undefined && ada !== undefined);
  assert.deepEqual(completed('ask @a now', token, ada), { text: 'ask @ada now', caret: 9 });
});
