import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Room, UserId } from '@rill/protocol';
import { lastLine } from '../src/features/rooms/last-line.ts';
import { en } from '../src/i18n/en/en.ts';
import { createTimes } from '../src/i18n/times.ts';

const reader = {
  me: '0000000me0' as UserId,
  words: en,
  times: createTimes('en'),
  name: () => 'Maximiliane Freifrau von Hohenstein',
};
const room = (kind: Room['kind'], people: number) =>
  ({
    kind,
    people: Array.from({ length: people }, () => ({})),
    last: { kind: 'text', author: '0000000aaa' as UserId, text: 'the first\nand the second line' },
  }) as unknown as Room;

test('the last line says who spoke, and leaves room for what they said', () => {
  assert.equal(lastLine(room('open', 0), reader), 'Maximiliane F…: the first and the second line');
  assert.equal(lastLine(room('direct', 2), reader), 'the first and the second line', 'it is clear who speaks');
  assert.equal(lastLine(room('direct', 3), reader), 'Maximiliane F…: the first and the second line');
});
