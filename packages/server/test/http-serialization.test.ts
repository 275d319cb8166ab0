import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Message, PageSchema, RoomEventSchema } from '@rill/protocol';
import { compileSerializer } from '../src/http/serialization.ts';

const write = (schema: object) => compileSerializer({ schema, method: 'GET', url: '/' }) as (value: unknown) => string;
const place = { room: '7fabcdefghijklmnop', seq: 1, rev: 2 };
const origin = { author: 'abcdefghij', at: '2026-11-22T08:00:00.000Z' };

test('P5 an answer with what its schema does not name is not given at all', () => {
  const message = { ...place, kind: 'text', ...origin, text: 'a text' };
  const page = { messages: [message], seq: 1, rev: 2, epoch: 'abcdefgh' };
  const writePage = write(PageSchema);
  assert.deepEqual(JSON.parse(writePage(page)), page);
  assert.throws(() => writePage({ ...page, secret: 'x' }));
  assert.throws(() => writePage({ ...page, messages: [{ ...message, secret: 'x' }] }));
});

test('every kind of message and of event is written whole', () => {
  const messages = [
    {
      ...place,
      kind: 'text',
      ...origin,
      text: '你好 "quoted"\n',
      editedAt: origin.at,
      edits: 1,
      recallUntil: origin.at,
    },
    { ...place, kind: 'text', ...origin, text: 'old', imported: { name: 'Ada', by: 'abcdefghij', at: origin.at } },
    { ...place, kind: 'text', ...origin, recalled: { by: 'abcdefghij', at: origin.at } },
    { ...place, kind: 'text', ...origin, removed: { by: 'abcdefghij', at: origin.at, reason: '' } },
    { ...place, kind: 'system', ...origin, note: { code: 'room.renamed', name: 'New' } },
    { ...place, kind: 'system', ...origin, note: { code: 'member.joined' } },
    { ...place, kind: 'hidden' },
    { ...place, kind: 'gone' },
  ] as unknown as Message[];
  const page = { messages, seq: 9, rev: 9, epoch: 'abcdefgh' };
  assert.deepEqual(JSON.parse(write(PageSchema)(page)), page);
  const events = [
    { kind: 'message.sent', actor: 'abcdefghij', at: origin.at, message: messages[0], nonce: 'n' },
    { kind: 'member.left', actor: 'abcdefghij', at: origin.at, user: 'abcdefghij' },
    {
      kind: 'room.changed',
      actor: 'abcdefghij',
      at: origin.at,
      topic: 'x',
      policies: { recallSeconds: 0, history: 'all' },
    },
    { kind: 'unseen' },
  ];
  for (const event of events) assert.deepEqual(JSON.parse(write(RoomEventSchema)(event)), event);
});
