import type { Cursor, PersonalEvent, Room, RoomId, UserId, WelcomeFrame } from '@rill/protocol';
import type { LiveRooms, RoomsState } from './api/rooms.ts';
import type { Context } from './context.ts';
import { Derived } from './living.ts';
import { Making } from './making.ts';
import { Replica } from './room/replica.ts';
import { type Kept, TAILS_MAX } from './store.ts';

/** All rooms of the user, and a copy of each that somebody asked for. */
export class Rooms implements LiveRooms {
  readonly #context: Context;
  readonly #replicas = new Map<RoomId, Replica>();
  readonly #state = new Derived(() => this.#compute());
  #name: RoomsState['name'] = 'loading';
  readonly #making: Making;
  /** What the hello asked to replay from. */
  #resumed = new Map<RoomId, Cursor>();

  constructor(context: Omit<Context, 'changed'>, changed: (id: RoomId) => void) {
    this.#context = {
      ...context,
      changed: (id) => {
        this.#state.touch();
        changed(id);
      },
    };
    this.#making = new Making(context.rooms);
  }

  snapshot(): RoomsState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  get(id: RoomId): Room | undefined {
    return this.#replicas.get(id)?.room();
  }

  create: LiveRooms['create'] = async (body) => this.#take(await this.#making.make(body));
  direct: LiveRooms['direct'] = (users: readonly UserId[]) => this.create({ kind: 'direct', members: [...users] });
  open: LiveRooms['open'] = (query = {}) => this.#context.rooms.open(query);
  card: LiveRooms['card'] = (id) => this.#context.rooms.card(id);

  join: LiveRooms['join'] = async (id) => {
    await this.#context.rooms.putMember(id, 'me');
    return this.#take(await this.#context.rooms.one(id));
  };

  leave: LiveRooms['leave'] = async (id) => {
    await this.#context.rooms.endMember(id, 'me');
    this.replica(id).gone();
  };

  /** The copy of a room, known or not: the same object each time. */
  replica(id: RoomId): Replica {
    const known = this.#replicas.get(id);
    if (known !== undefined) return known;
    const made = new Replica(id, this.#context, this.#name === 'fresh');
    this.#replicas.set(id, made);
    return made;
  }

  /** The copy of a room that was heard of. */
  known(id: RoomId): Replica | undefined {
    return this.#replicas.get(id);
  }

  /** From the device, before the server was heard. */
  restore(kept: Kept): void {
    for (const room of kept.rooms) this.replica(room.id).standing.set(room);
    for (const tail of kept.tails) this.replica(tail.room).restore(tail);
    if (kept.rooms.length > 0) this.#name = 'kept';
    this.#state.touch();
  }

  /** Where each room goes on, for the hello. */
  cursors(max: number): Record<string, Cursor> {
    this.#resumed = new Map();
    for (const replica of this.#byOpened()) {
      const cursor = replica.cursor();
      if (cursor !== undefined && this.#resumed.size < max) this.#resumed.set(replica.id, cursor);
    }
    return Object.fromEntries(this.#resumed);
  }

  /** `missed`: something was told on the user's own line that was not heard. */
  welcome({ rooms }: WelcomeFrame, missed: boolean): void {
    this.#name = 'fresh';
    const ids = new Set(rooms.map((room) => room.id));
    for (const replica of [...this.#replicas.values()]) if (!ids.has(replica.id)) replica.gone();
    for (const room of rooms) this.replica(room.id).welcome(room, this.#resumed.get(room.id), missed);
    this.#state.touch();
  }

  /** Whether events that the line replays are still missing in some room. */
  isBehind(): boolean {
    return this.#behind().length > 0;
  }

  /** The line does not replay what it should: fetch it. */
  fetchMissing(): void {
    for (const replica of this.#behind()) replica.fetchMissing();
  }

  personal(event: Extract<PersonalEvent, { room: unknown }>): void {
    if (event.kind === 'room.added') this.#take(event.room);
    else if (event.kind === 'room.gone') this.#replicas.get(event.room)?.gone();
    else this.#replicas.get(event.room)?.personal(event);
  }

  /** Lets go of the messages of rooms that were not open for long. */
  unload(): void {
    const loaded = this.#byOpened().filter((replica) => replica.timeline.isLoaded());
    for (const replica of loaded.slice(TAILS_MAX)) replica.unload();
  }

  clear(): void {
    this.#name = 'loading';
    this.#making.clear();
    for (const replica of this.#replicas.values()) replica.reset();
    this.#state.touch();
  }

  #take(room: Room): Room {
    const replica = this.replica(room.id);
    replica.added(room);
    this.#state.touch();
    return replica.room() ?? room;
  }

  #behind(): Replica[] {
    return [...this.#replicas.values()].filter((replica) => replica.isBehind());
  }

  #byOpened(): Replica[] {
    return [...this.#replicas.values()].sort((a, b) => b.screen.openedAt() - a.screen.openedAt());
  }

  #compute(): RoomsState {
    const list: Room[] = [];
    for (const replica of this.#replicas.values()) {
      const room = replica.room();
      if (room !== undefined) list.push(room);
    }
    list.sort((a, b) => (a.lastAt === b.lastAt ? (a.id < b.id ? -1 : 1) : a.lastAt < b.lastAt ? 1 : -1));
    const heard = list.filter((room) => room.involvement !== 'nothing');
    return { name: this.#name, list, unread: heard.reduce((sum, room) => sum + room.unread, 0) };
  }
}
