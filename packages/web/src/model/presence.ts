import type { PeopleState } from '@rill/client';
import type { Room, UserId } from '@rill/protocol';
import { useEffect } from 'preact/hooks';
import { useClient, useLiving } from './client.ts';

type Present = PeopleState['presence'] extends ReadonlyMap<UserId, infer Value> ? Value : never;

/** Has it told whether these people are here, as long as the component is on the screen. */
export function useFollow(users: readonly UserId[]): void {
  const client = useClient();
  const key = users.join(' ');
  useEffect(() => {
    if (key !== '') return client.people.follow(key.split(' ') as UserId[]);
    return undefined;
  }, [client, key]);
}

/** Whether somebody is here; undefined while nobody has told. */
export function usePresence(user: UserId | undefined): Present | undefined {
  const client = useClient();
  return useLiving(client.people, (people) => (user === undefined ? undefined : people.presence.get(user)));
}

/** The other one in a conversation of two. */
export function otherOf(room: Room, me: UserId): UserId | undefined {
  const others = room.kind === 'direct' ? (room.people ?? []).filter((user) => user.id !== me) : [];
  return others.length === 1 ? others[0]?.id : undefined;
}

/** The sign at an avatar. Who is offline, or says nothing of it, has none. */
export function dotOf(present: Present | undefined): 'full' | 'hollow' | undefined {
  if (present === undefined || present.presence === 'offline') return undefined;
  return present.presence === 'online' ? 'full' : 'hollow';
}
