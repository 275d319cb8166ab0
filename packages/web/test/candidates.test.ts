import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '@rill/client';
import type { RoomId, User, UserId } from '@rill/protocol';
import { candidatesFor } from '../src/features/composer/candidates.ts';
import { en } from '../src/i18n/en/en.ts';

const user = (username: string): User => ({
  id: username as UserId,
  kind: 'person',
  username,
  displayName: '',
  role: 'member',
  status: username === 'gone' ? 'disabled' : 'active',
});
const users = new Map(['abe', 'bea', 'cyd', 'dan', 'gone', 'me'].map((name) => [name as UserId, user(name)]));
const said = (...authors: string[]) => authors.map((author) => ({ kind: 'message', message: { author } }));

test('for @ those who spoke last in the room come first, then whoever is known, each once', () => {
  // Of a client only what is asked of it here.
  const client = {
    people: { snapshot: () => ({ users }) },
    rooms: { get: () => undefined },
    room: () => ({ timeline: { snapshot: () => ({ items: said('dan', 'cyd', 'dan', 'gone', 'bea', 'me') }) } }),
  } as unknown as Client;
  const writer = { client, room: 'r' as RoomId, me: 'me' as UserId, words: en };
  const found = candidatesFor({ kind: 'person', typed: '', from: 0, to: 1 }, writer);
  assert.deepEqual(
    found.map(({ name }) => name),
    ['bea', 'dan', 'cyd', 'abe'],
  );
});
