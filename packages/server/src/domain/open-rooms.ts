import type { OpenRoom, OpenRooms, Room, RoomId, RoomsQuery, UserId } from '@rill/protocol';
import type { OpenEntry, OpenPlace, RoomSettings, RoomStore } from '../store/rooms.ts';
import { Refusal } from './refusal.ts';
import { foldLine } from './text.ts';

/**
 * The rooms anybody may find. The index of their names is written before the room and holds more than the truth at
 * times; what it says is compared with the room itself, and mended, whenever it is read.
 */
export interface OpenRoomsIndex {
  page(user: UserId, query: RoomsQuery, limit: number): Promise<OpenRooms>;
  /** Makes a room, with its entry before and after. */
  making<Result>(id: RoomId, named: Named, make: () => Promise<Result>): Promise<Result>;
  /** Changes a room, with the new entry before and after, if it has one and it moves. */
  moving<Result>(
    before: Pick<Room, 'id' | 'kind' | 'name' | 'topic'>,
    to: RoomSettings,
    change: () => Promise<Result>,
  ): Promise<Result>;
}

interface Named {
  readonly name: string;
  readonly topic: string;
}

/** How often the index is asked for one answer before the caller is sent on to the next page. */
const ROUNDS = 10;
/** Code points of a name by which rooms are ordered; so much fits into a cursor. */
const ORDERED_BY = 40;

export function createOpenRooms({ store }: { store: RoomStore }): OpenRoomsIndex {
  async function cardsOf(user: UserId, entries: readonly OpenEntry[]): Promise<OpenRoom[]> {
    const cards = await Promise.all(entries.map(({ place }) => store.card(user, place.id)));
    const stale = entries.filter((entry, at) => !isTrue(entry, cards[at]?.card));
    await store.dropOpen(stale);
    return cards.flatMap((found, at) => {
      const entry = entries[at];
      return found && !found.archived && entry && isTrue(entry, found.card) ? [found.card] : [];
    });
  }

  return {
    async page(user, { after, q }, limit) {
      const text = foldLine(q ?? '').trim();
      const rooms: OpenRoom[] = [];
      let from = after === undefined ? undefined : readCursor(after);
      for (let round = 0; round < ROUNDS; round += 1) {
        const { entries, next } = await store.pageOpen(from, text, limit - rooms.length);
        rooms.push(...(await cardsOf(user, entries)));
        from = next;
        if (!next || rooms.length >= limit) break;
      }
      return { rooms, ...(from && { next: cursorOf(from) }) };
    },

    async making(id, named, make) {
      const entry = entryOf(id, named);
      await store.holdOpen(entry);
      const result = await make();
      await store.holdOpen(entry);
      return result;
    },

    async moving(before, to, change) {
      const name = to.name ?? before.name;
      const topic = to.topic ?? before.topic;
      if (before.kind !== 'open' || (name === before.name && topic === before.topic)) return change();
      const entry = entryOf(before.id, { name, topic });
      await store.holdOpen(entry);
      const result = await change();
      await store.holdOpen(entry);
      await store.dropOpen([entryOf(before.id, before)]);
      return result;
    },
  };
}

function entryOf(id: RoomId, { name, topic }: Named): OpenEntry {
  const folded = foldLine(name);
  return {
    place: { name: Array.from(folded).slice(0, ORDERED_BY).join(''), id },
    text: `${folded}\n${foldLine(topic)}`,
  };
}

function isTrue(entry: OpenEntry, card: OpenRoom | undefined): boolean {
  if (!card) return false;
  const now = entryOf(card.id, card);
  return now.place.name === entry.place.name && now.text === entry.text;
}

const cursorOf = ({ name, id }: OpenPlace) => Buffer.from(`${name}\0${id}`).toString('base64url');

const CURSOR = /^[A-Za-z0-9_-]+$/u;

function readCursor(cursor: string): OpenPlace {
  const [name = '', id, ...more] = CURSOR.test(cursor) ? Buffer.from(cursor, 'base64url').toString().split('\0') : [];
  if (id === undefined || more.length > 0)
    throw new Refusal('bad_request', { errors: [{ at: 'after', is: 'is no place' }] });
  // It is compared with places and never becomes a key.
  return { name, id: id as RoomId };
}
