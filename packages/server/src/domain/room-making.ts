import type { Limits, RoomBody, RoomId, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { NewRoom, RoomStore } from '../store/rooms.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Users } from '../store/users.ts';
import { createOpenRooms } from './open-rooms.ts';
import { Refusal } from './refusal.ts';
import type { RoomIndex } from './room-index.ts';
import { directRoomId, newRoomId } from './room-ids.ts';
import { readLine, readRoomName } from './text.ts';
import type { Who } from './who.ts';

export interface Made {
  readonly id: RoomId;
  readonly made: boolean;
}

/** How rooms come to be: the index of each user first, then the room with its members, then everybody is told. */
export interface RoomMaking {
  /** An open or closed room. */
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
    // A list of rooms that was read meanwhile may have dropped what was not yet true.
    for (const user of room.members) await line.holdRoom(user, room.id);
    await Promise.all(room.members.map((user) => line.tell(user, { kind: 'room.added', room: room.id })));
    return made;
  }

  /** Oneself and the others, each once; `not_found` when one of them is no active user. */
  async function people(who: Who, members: readonly UserId[] = []): Promise<[UserId, ...UserId[]]> {
    const others = [...new Set(members)].filter((user) => user !== who.user);
    const cards = await users.cards(others);
    if (others.some((user) => cards.get(user)?.status !== 'active')) {
      throw new Refusal('not_found', { detail: 'One of these people is not here.' });
    }
    return [who.user, ...others];
  }

  return {
    async named(who, { kind, name, topic, members }) {
      const named = {
        name: readRoomName(name, limits),
        topic: readLine(topic ?? '', 'topic', limits.topicMax),
      };
      const room: NewRoom = {
        id: newRoomId(),
        kind,
        ...named,
        recallSeconds: limits.recallSeconds,
        history: kind === 'open' ? 'all' : 'joined',
        members: await people(who, members),
        now: clock.now(),
      };
      if (room.members.length > limits.membersPerRoom) throw new Refusal('room_full');
      const made = kind === 'open' ? await openRooms.making(room.id, named, () => make(room)) : await make(room);
      if (!made) throw new TypeError('a random id was taken');
      return { id: room.id, made };
    },

    async direct(who, { name, topic, members = [] }) {
      if (name !== undefined || topic !== undefined) {
        const errors = [{ at: name === undefined ? 'topic' : 'name', is: 'is not for a direct room' }];
        throw new Refusal('bad_request', { errors });
      }
      const all = [...new Set([who.user, ...members])];
      if (all.length > limits.directMembers) {
        const errors = [{ at: 'members', is: `are more than ${limits.directMembers} people` }];
        throw new Refusal('bad_request', { errors });
      }
      const id = directRoomId(secret, all);
      if (await index.isIn(who.user, id)) {
        await line.holdRoom(who.user, id);
        return { id, made: false };
      }
      const room: NewRoom = {
        id,
        kind: 'direct',
        name: '',
        topic: '',
        recallSeconds: limits.recallSeconds,
        history: 'all',
        members: await people(who, members),
        now: clock.now(),
      };
      return { id, made: await make(room) };
    },
  };
}
