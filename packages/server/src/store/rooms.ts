import type { Epoch, Involvement, OpenRoom, ReadMark, Role, Room, RoomId, RoomKind, UserId } from '@rill/protocol';
import { OPEN_ROOMS, roomKey } from './keys.ts';
import type { RedisDoor } from './redis.ts';
import { field, fields } from './replies.ts';
import type { RoomCalls } from './room-calls.ts';
import { messageOf, recallUntilOf, timeOf } from './rows.ts';

export interface NewRoom {
  readonly id: RoomId;
  readonly kind: RoomKind;
  readonly name: string;
  readonly topic: string;
  readonly recallSeconds: number;
  readonly history: 'all' | 'joined';
  /** The maker first. */
  readonly members: readonly [UserId, ...UserId[]];
  readonly now: number;
  /** Digest of what was asked for, where it can be asked again. */
  readonly asked?: string | undefined;
}

/** What changes; what is absent stays. */
export interface RoomSettings {
  readonly name?: string | undefined;
  readonly topic?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly recallSeconds?: number | undefined;
  readonly history?: 'all' | 'joined' | undefined;
}

/** A room as one of its members sees it; `people` are the ids of everybody in a direct room. */
export interface StoredRoom {
  readonly room: Omit<Room, 'people'>;
  readonly people: readonly UserId[];
  /** Until when the author of `last` may recall it, ms. */
  readonly lastRecallUntil?: number;
}

/** An entry of the index of open rooms: where it stands in the order, and what it is found by. */
export interface OpenEntry {
  readonly place: OpenPlace;
  readonly text: string;
}
export interface OpenPlace {
  readonly name: string;
  readonly id: RoomId;
}

/** Rooms, each by itself, and the index of the open ones. */
export interface RoomStore {
  /** False when there is a room of this id already. Refuses `nonce_reused` where that was asked for in other words. */
  create(room: NewRoom): Promise<boolean>;
  /** Which of these users are in the room that `user` asked for; undefined where none was made yet. Refuses as `create` does. */
  made(user: UserId, room: RoomId, asked: string, people: readonly UserId[]): Promise<UserId[] | undefined>;
  read(user: UserId, room: RoomId): Promise<StoredRoom>;
  /** The room's rev after it. `rev`: only if the settings have not changed after it. */
  change(user: UserId, room: RoomId, settings: RoomSettings, rev: number | undefined, now: number): Promise<number>;
  /** `moved` is false where the mark was there or further on. */
  markRead(user: UserId, room: RoomId, seq: number): Promise<ReadMark & { readonly moved: boolean }>;
  /** An open room for who might join it; undefined where there is none of this id. */
  card(user: UserId, room: RoomId): Promise<{ readonly card: OpenRoom; readonly archived: boolean } | undefined>;
  /** To be called before the room is made or renamed, and again after it. */
  holdOpen(entry: OpenEntry): Promise<void>;
  dropOpen(entries: readonly OpenEntry[]): Promise<void>;
  /** Entries after a place, whose text contains `text`; `next` is where to go on. */
  pageOpen(
    after: OpenPlace | undefined,
    text: string,
    limit: number,
  ): Promise<{ readonly entries: readonly OpenEntry[]; readonly next?: OpenPlace }>;
}

export function createRoomStore({ redis, calls }: { redis: RedisDoor; calls: RoomCalls }): RoomStore {
  return {
    async create({ id, kind, name, topic, recallSeconds, history, now, asked = '', members }) {
      const settings = [kind, name, topic, recallSeconds, history, now, asked];
      const reply = await calls.call('room_create', id, [...settings, ...members]);
      return reply[0] === 'ok';
    },
    async made(user, room, asked, people) {
      const [word, ...found] = await calls.read('room_made', room, [user, asked, ...people]);
      // Of the users that were given.
      return word === 'ok' ? (found as UserId[]) : undefined;
    },
    async read(user, room) {
      return storedRoom(room, await calls.read('room_read', room, [user]));
    },
    async change(user, room, settings, rev, now) {
      const { name, topic, archived, recallSeconds, history } = settings;
      const given = (value: string | number | undefined) => (value === undefined ? '' : `=${value}`);
      const reply = await calls.call('room_change', room, [
        user,
        now,
        rev ?? '',
        given(name),
        given(topic),
        given(archived === undefined ? undefined : Number(archived)),
        given(recallSeconds),
        given(history),
      ]);
      return Number(field(reply, 1));
    },
    async markRead(user, room, seq) {
      const reply = await calls.call('room_mark_read', room, [user, seq]);
      return { readSeq: Number(field(reply, 1)), unread: Number(field(reply, 2)), moved: reply[0] === 'ok' };
    },
    async card(user, room) {
      const reply = await redis.read('room_card', [roomKey(room)], [user]);
      if (reply[0] !== 'ok') return undefined;
      const card = {
        id: room,
        name: field(reply, 1),
        topic: field(reply, 2),
        members: Number(field(reply, 3)),
        lastAt: timeOf(field(reply, 4)),
        joined: field(reply, 5) === '1',
      };
      return { card, archived: field(reply, 6) === '1' };
    },
    async holdOpen(entry) {
      await redis.call('open_hold', [OPEN_ROOMS], [openRow(entry)]);
    },
    async dropOpen(entries) {
      if (entries.length > 0) await redis.call('open_drop', [OPEN_ROOMS], entries.map(openRow));
    },
    async pageOpen(after, text, limit) {
      const reply = await redis.read(
        'open_page',
        [OPEN_ROOMS],
        [after ? openRow({ place: after, text: LAST }) : '', text, limit],
      );
      const next = field(reply, 1);
      return { entries: reply.slice(2).map(openEntry), ...(next && { next: openEntry(next).place }) };
    },
  };
}

function storedRoom(id: RoomId, reply: readonly string[]): StoredRoom {
  const get = (at: number) => field(reply, at);
  const recallSeconds = Number(get(6));
  const last = get(17) === '' ? undefined : messageOf(id, get(17));
  const lastRecallUntil = last && recallUntilOf(last, recallSeconds);
  return {
    // What a function of ours wrote is of the types it was given.
    room: {
      id,
      kind: get(2) as RoomKind,
      name: get(3),
      topic: get(4),
      archived: get(5) === '1',
      policies: { recallSeconds, history: get(7) === 'all' ? 'all' : 'joined' },
      members: Number(get(11)),
      role: get(12) as Role,
      involvement: get(13) as Involvement,
      seq: Number(get(8)),
      rev: Number(get(9)),
      epoch: get(1) as Epoch,
      readSeq: Number(get(15)),
      unread: Number(get(16)),
      fromSeq: Number(get(14)),
      lastAt: timeOf(get(10)),
      ...(last && { last }),
      ...(get(18) !== '0' && { listedFrom: Number(get(18)) }),
    },
    people: reply.slice(19) as UserId[],
    ...(lastRecallUntil !== undefined && { lastRecallUntil }),
  };
}

// Sorts after every text.
const LAST = '\u{10ffff}';

const openRow = ({ place, text }: OpenEntry) => `${place.name}\0${place.id}\0${text}`;

function openEntry(row: string): OpenEntry {
  const [name = '', id = '', text = ''] = fields(row);
  // Our own functions wrote the id.
  return { place: { name, id: id as RoomId }, text };
}
