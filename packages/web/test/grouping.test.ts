import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageItem, PendingItem } from '@rill/client';
import type { Nonce, RoomId, UserId } from '@rill/protocol';
import { standingOf } from '../src/features/timeline/grouping.ts';
import { createTimes } from '../src/i18n/times.ts';

const times = createTimes('en', 'Asia/Shanghai');
const room = '7f0123456789abcdef' as RoomId;
const ada = 'aaaaaaaaaa' as UserId;
const bo = 'bbbbbbbbbb' as UserId;

function said(seq: number, author: UserId, at: string, more: object = {}): MessageItem {
  return {
    kind: 'message',
    key: `k${seq}`,
    seq,
    message: { room, seq, rev: seq, kind: 'text', author, at, text: 'words', ...more },
    mine: false,
    reEdit: false,
  };
}
function recalled(seq: number, author: UserId, at: string): MessageItem {
  const item = said(seq, author, at);
  return { ...item, message: { room, seq, rev: seq, kind: 'text', author, at, recalled: { by: author, at } } };
}

test('messages of one author within five minutes stand under one name', () => {
  const first = said(1, ada, '2026-03-04T04:00:00.000Z');
  assert.equal(standingOf(first, undefined, undefined, times).head, true);
  assert.equal(standingOf(said(2, ada, '2026-03-04T04:04:59.999Z'), first, undefined, times).head, false);
  assert.equal(standingOf(said(2, ada, '2026-03-04T04:05:00.000Z'), first, undefined, times).head, true);
  assert.equal(standingOf(said(2, bo, '2026-03-04T04:00:01.000Z'), first, undefined, times).head, true);
});

test('a day begins where the reader’s day begins', () => {
  const before = said(1, ada, '2026-03-04T15:59:00.000Z');
  const after = standingOf(said(2, ada, '2026-03-04T16:00:00.000Z'), before, undefined, times);
  assert.deepEqual(after, { day: true, fresh: false, head: true });
});

test('the line for new messages stands once, before the first unread, also when that one is hidden', () => {
  const at = '2026-03-04T04:00:00.000Z';
  const items = [said(4, ada, at), said(7, ada, at), said(8, ada, at)];
  const lines = items.map((item, index) => standingOf(item, items[index - 1], 6, times).fresh);
  assert.deepEqual(lines, [false, true, false]);
});

test('a tombstone parts a group', () => {
  const gone = recalled(2, ada, '2026-03-04T04:00:01.000Z');
  assert.equal(standingOf(said(3, ada, '2026-03-04T04:00:02.000Z'), gone, undefined, times).head, true);
});

test('a message on its way joins its author’s group', () => {
  const pending: PendingItem = {
    kind: 'pending',
    key: 'p',
    nonce: 'n' as Nonce,
    author: ada,
    text: 'words',
    at: Date.parse('2026-03-04T04:01:00.000Z'),
    state: 'sending',
  };
  assert.equal(standingOf(pending, said(1, ada, '2026-03-04T04:00:00.000Z'), undefined, times).head, false);
});
