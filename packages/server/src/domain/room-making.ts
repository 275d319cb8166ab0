import { createHmac } from 'node:crypto';
import type { Limits, RoomBody, RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { NewRoom, RoomStore } from '../store/rooms.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Users } from '../store/users.ts';
import { createOpenRooms } from './open-rooms.ts';
import { Refusal } from './refusal.ts';
import type { RoomIndex } from './room-index.ts';
import { directRoomId, newRoomId, nonceRoomId } from './room-ids.ts';
import { readLine, readRoomName } from './text.ts';
import type { Who } from './who.ts';

export interface Made {
  readonly id: RoomId;
  readonly made: boolean;
}

/** How rooms come to be: the index of each user first, then the room with its members, then everybody is told. */
export interface RoomMaking {
  /** An open or closed room; under a nonce it is made once. */
  named(who: Who, body: RoomBody): Promise<Made>;
  /** The direct room of these people, made once. With nobody else it is one's own notebook. */
  direct(who: Who, body: RoomBody): Promise<Made>;
}

export function createRoomMaking(parts: {
  readonly store: RoomStore;
  readonly line: UserLine;
  readonly index: RoomIndex;
  readonly users: Users;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly secret: string;
}): RoomMaking {
  const { store, line, index, users, limits, clock, secret } = parts;
  const openRooms = createOpenRooms({ store });

  async function make(room: NewRoom): Promise<boolean> {
    const held: UserId[] = [];
    try {
      for (const user of room.members) {
        await line.holdRoom(user, room.id);
        held.push(user);
      }
    } catch (error) {
      // Whatever is not undone here is when its user's rooms are listed.
      if (error instanceof Refusal) await Promise.all(held.map((user) => index.forget(user, room.id)));
      throw error;
    }
    const made = await store.create(room);
    await announce(room.id, room.members);
    return made;
  }

  async function announce(room: RoomId, people: readonly UserId[]): Promise<void> {
    // A list of rooms that was read meanwhile may have dropped what was not yet true.
    for (const user of people) await line.holdRoom(user, room);
    await Promise.all(people.map((user) => line.tell(user, { kind: 'room.added', room })));
  }

  /** Whether it was made before; then what a crash left half done is finished. */
  async function madeBefore(id: RoomId, asked: string, members: readonly [UserId, ...UserId[]]): Promise<boolean> {
    const found = await store.made(members[0], id, asked, members);
    if (found) await announce(id, found);
    return found !== undefined;
  }

  /** Refuses `not_found` when one of them is no active user. */
  async function checkPeople([, ...others]: readonly UserId[]): Promise<void> {
    const cards = await users.cards(others);
    if (others.some((user) => cards.get(user)?.status !== 'active')) {
      throw new Refusal('not_found', { detail: 'One of these people is not here.' });
    }
  }

  return {
    async named(who, { kind, name, topic, members, nonce }) {
      const settings = {
        kind,
        name: readRoomName(name, limits),
        topic: readLine(topic ?? '', 'topic', limits.topicMax),
        members: together(who, members),
      };
      if (settings.members.length > limits.membersPerRoom) throw new Refusal('room_full');
      const id = nonce === undefined ? newRoomId() : nonceRoomId(secret, who.user, nonce);
      const asked = nonce === undefined ? undefined : digestOf(secret, settings);
      const once = async () => {
        if (asked !== undefined && (await madeBefore(id, asked, settings.members))) return false;
        await checkPeople(settings.members);
        const history = kind === 'open' ? 'all' : 'joined';
        return make({ ...settings, id, asked, history, recallSeconds: limits.recallSeconds, now: clock.now() });
      };
      const made = kind === 'open' ? await openRooms.making(id, settings, once) : await once();
      if (!made && asked === undefined) throw new TypeError('a random id was taken');
      return { id, made };
    },

    async direct(who, { name, topic, members }) {
      if (name !== undefined || topic !== undefined) {
        const errors = [{ at: name === undefined ? 'topic' : 'name', is: 'is not for a direct room' }];
        throw new Refusal('bad_request', { errors });
      }
      const all = together(who, members);
      if (all.length > limits.directMembers) {
        const errors = [{ at: 'members', is: `are more than ${limits.directMembers} people` }];
        throw new Refusal('bad_request', { errors });
      }
      const id = directRoomId(secret, all);
      if (await index.isIn(who.user, id)) {
        await line.holdRoom(who.user, id);
        return { id, made: false };
      }
      await checkPeople(all);
      const room: NewRoom = {
        id,
        kind: 'direct',
        name: '',
        topic: '',
        recallSeconds: limits.recallSeconds,
        history: 'all',
        members: all,
        now: clock.now(),
      };
      return { id, made: await make(room) };
    },
  };
}

/** Oneself and the others, each once. */
function together(who: Who, members: readonly UserId[] = []): [UserId, ...UserId[]] {
  return [who.user, ...new Set(members.filter((user) => user !== who.user))];
}

/** What tells another request under the same nonce; the order of the people is none of it. */
function digestOf(
  secret: string,
  { kind, name, topic, members }: Omit<NewRoom, 'id' | 'recallSeconds' | 'history' | 'now'>,
): string {
  const text = JSON.stringify([kind, name, topic, members.toSorted()]);
  return createHmac('sha256', secret).update(`asked ${text}`).digest('base64url').slice(0, 8);
}
