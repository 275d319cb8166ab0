import type {
  Limits,
  OpenRoom,
  OpenRooms,
  ReadMark,
  Room,
  RoomBody,
  RoomChange,
  RoomId,
  RoomsQuery,
  User,
  UserId,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { RoomStore, StoredRoom } from '../store/rooms.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Users } from '../store/users.ts';
import { createOpenRooms } from './open-rooms.ts';
import { createRoomIndex } from './room-index.ts';
import { createRoomMaking } from './room-making.ts';
import type { UserPaces } from './user-paces.ts';
import { Refusal } from './refusal.ts';
import { withRecallUntil } from './sight.ts';
import { readLine, readRoomName } from './text.ts';
import type { Who } from './who.ts';

/** Rooms as their members see them. Whoever is no member is told `not_found`. */
export interface Rooms {
  /** `made` is false where it was there already: a direct room of the same people, or one made under the same nonce. */
  create(who: Who, body: RoomBody): Promise<{ room: Room; made: boolean }>;
  /** The caller's rooms, latest activity first. */
  list(who: Who): Promise<Room[]>;
  /** Open rooms, by name, whether the caller is in them or not. */
  open(who: Who, query: RoomsQuery): Promise<OpenRooms>;
  one(who: Who, room: RoomId): Promise<Room>;
  /** An open room that is not archived, by its id: as `open` shows it. */
  card(who: Who, room: RoomId): Promise<OpenRoom>;
  change(who: Who, room: RoomId, change: RoomChange): Promise<Room>;
  /** Has read up to `seq`; a mark never goes back. */
  read(who: Who, room: RoomId, seq: number): Promise<ReadMark>;
}

export interface RoomsParts {
  readonly store: RoomStore;
  readonly line: UserLine;
  readonly users: Users;
  readonly paces: Pick<UserPaces, 'changes' | 'reads'>;
  readonly limits: Limits;
  readonly clock: Clock;
  /** The server's secret: ids of direct rooms are told from it. */
  readonly secret: string;
}

export function createRooms(parts: RoomsParts): Rooms {
  const { store, line, users, paces, limits, clock } = parts;
  const openRooms = createOpenRooms({ store });
  const index = createRoomIndex({ store, line });
  const making = createRoomMaking({ ...parts, index });

  /** The asking user's copies, with the people of direct rooms. */
  async function copiesFor(who: Who, stored: readonly StoredRoom[]): Promise<Room[]> {
    const ids = new Set(stored.flatMap(({ people }) => people));
    const cards = ids.size > 0 ? await users.cards([...ids]) : new Map<UserId, User>();
    const now = clock.now();
    return stored.map(({ room, people, lastRecallUntil }) => {
      const { last } = room;
      const own = last?.kind === 'text' && last.author === who.user;
      return {
        ...room,
        ...(room.kind === 'direct' && { people: people.flatMap((id) => cards.get(id) ?? []) }),
        ...(own && { last: withRecallUntil(last, lastRecallUntil, now) }),
      };
    });
  }

  async function one(who: Who, room: RoomId): Promise<Room> {
    const [copy] = await copiesFor(who, [await store.read(who.user, room)]);
    if (!copy) throw new TypeError('a room without a copy');
    return copy;
  }

  return {
    one,

    async create(who, body) {
      paces.changes.take(who.user);
      const { id, made } = body.kind === 'direct' ? await making.direct(who, body) : await making.named(who, body);
      return { room: await one(who, id), made };
    },

    async list(who) {
      const ids = await line.rooms(who.user);
      paces.reads.take(who.user, ids.length);
      const found = await Promise.all(ids.map((id) => store.read(who.user, id).catch(whenNotFound(id))));
      const stored = found.filter((each) => typeof each !== 'string');
      // The index may hold more than the truth; it is mended here.
      const stale = found.filter((each) => typeof each === 'string');
      await Promise.all(stale.map((id) => index.forget(who.user, id)));
      const rooms = await copiesFor(who, stored);
      return rooms.sort((a, b) => (a.lastAt === b.lastAt ? (a.id < b.id ? -1 : 1) : a.lastAt < b.lastAt ? 1 : -1));
    },

    async card(who, room) {
      paces.reads.take(who.user, 1);
      const found = await store.card(who.user, room);
      if (found === undefined || found.archived) throw new Refusal('not_found');
      return found.card;
    },

    open: (who, query) => openRooms.page(who.user, query, Math.min(query.limit ?? limits.pageDefault, limits.pageMax)),

    async change(who, room, change) {
      const { name, topic, archived, policies, rev } = change;
      const settings = {
        name: name === undefined ? undefined : readRoomName(name, limits),
        topic: topic === undefined ? undefined : readLine(topic, 'topic', limits.topicMax),
        archived,
        recallSeconds: policies?.recallSeconds,
        history: policies?.history,
      };
      paces.changes.take(who.user);
      const { room: before } = await store.read(who.user, room);
      await openRooms.moving(before, settings, () => store.change(who.user, room, settings, rev, clock.now()));
      return one(who, room);
    },

    async read(who, room, seq) {
      const { readSeq, unread, moved } = await store.markRead(who.user, room, seq);
      if (moved) await line.tell(who.user, { kind: 'room.read', room, readSeq, unread });
      return { readSeq, unread };
    },
  };
}

/** Stands in for a room that is not there for who asks; every other error stays one. */
function whenNotFound(id: RoomId): (error: unknown) => RoomId {
  return (error) => {
    if (error instanceof Refusal && error.code === 'not_found') return id;
    throw error;
  };
}
