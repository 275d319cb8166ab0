import type { Client } from '@rill/client';
import type { RoomId, UserId } from '@rill/protocol';
import type { Words } from '../../i18n/words.ts';
import { nameOf } from '../../model/names.ts';
import type { Candidate } from './completion.ts';
import type { Token } from './token.ts';

/** Where one writes, and who. */
export interface Writer {
  readonly client: Client;
  readonly room: RoomId;
  readonly me: UserId;
  readonly words: Words;
}

/** What a token may stand for: rooms by their latest activity; people who spoke here last before everybody else. */
export function candidatesFor({ kind }: Token, { client, room, me, words }: Writer): readonly Candidate[] {
  if (kind === 'room') {
    return client.rooms
      .snapshot()
      .list.filter((each) => each.kind !== 'direct')
      .map(({ id, name, topic }) => ({ id, name, detail: topic, written: `#${name}` }));
  }
  const { users } = client.people.snapshot();
  const spoke = new Set<UserId>();
  for (const item of client.room(room).timeline.snapshot().items.toReversed()) {
    const author = item.kind === 'pending' ? item.author : item.message.author;
    if (author !== undefined) spoke.add(author);
  }
  const first = [...spoke].flatMap((id) => users.get(id) ?? []);
  const people = [...first, ...(client.rooms.get(room)?.people ?? []), ...users.values()];
  return [...new Map(people.map((user) => [user.id, user])).values()]
    .filter((user) => user.id !== me && user.status === 'active')
    .map((user) => ({ id: user.id, name: nameOf(user, words), detail: user.username, written: `@${user.username}` }));
}
