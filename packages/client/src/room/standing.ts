import type { Message, Room, RoomEvent, RoomId, UserId } from '@rill/protocol';
import { applyToRoom, type RoomRecord, roomRecord, withUnread } from '../apply.ts';
import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { RillError } from '../error.ts';
import { readUpTo, serverSays, uncounted } from './unread.ts';

export interface StandingDeps {
  readonly id: RoomId;
  readonly clock: Clock;
  readonly random: () => number;
  readonly ask: (id: RoomId) => Promise<Room>;
  readonly changed: () => void;
  readonly gone: () => void;
}

const PACE = { minMs: 250, maxMs: 30_000 };

/** How a room stands for its member (name, role, unread …), kept true by events, and asked for where they do not suffice. */
export class Standing {
  readonly #deps: StandingDeps;
  #record: RoomRecord | undefined;
  #turn = 0;
  #cancel: () => void = () => {};

  constructor(deps: StandingDeps) {
    this.#deps = deps;
  }

  room(): Room | undefined {
    return this.#record?.room;
  }

  /** The server's word. */
  set(room: Room): void {
    this.#stop();
    this.#set(roomRecord(room));
  }

  clear(): void {
    this.#stop();
    this.#record = undefined;
  }

  apply(rev: number, event: RoomEvent, me: UserId, counted: boolean | undefined): void {
    this.#change((record) => applyToRoom(record, rev, event, me, counted));
  }

  /** With some fields that are no event of the room: what of it is one's own. */
  with(fields: Partial<Room>): void {
    this.#change((record) => ({ ...record, room: { ...record.room, ...fields } }));
  }

  /** Read up to there, here or on another device. */
  read(seq: number): void {
    this.#change((record) => withUnread(record, readUpTo(record.unread, seq)));
  }

  /** The server's count, after it heard how far one has read. */
  readMark(readSeq: number, count: number): void {
    this.#change((record) => {
      const { unread } = record;
      // Where something came since, nobody knows whether the server had counted it: `doubt` asks again.
      const exact = unread.doubt && unread.readSeq === readSeq && unread.counted.length === 0;
      return exact ? withUnread(record, serverSays(readSeq, unread.from, count)) : record;
    });
  }

  /** Hidden by this user. `counted`: whether it counted as unread, where that is known. */
  hide(hidden: Message, counted: boolean | undefined): void {
    this.#change((record) => {
      const next = withUnread(record, uncounted(record.unread, hidden.seq, counted));
      return record.room.last?.seq === hidden.seq ? { ...next, room: { ...next.room, last: hidden } } : next;
    });
  }

  /** Asks the server, until its answer has everything that is known here. */
  refresh(attempt = 1): void {
    this.#stop();
    const turn = this.#turn;
    const again = () => this.refresh(attempt + 1);
    this.#cancel = this.#deps.clock.after(backoff(attempt, PACE, this.#deps.random), () => {
      this.#deps.ask(this.#deps.id).then(
        (room) => {
          if (turn !== this.#turn || this.#record === undefined) return;
          if (this.#isStale(room, this.#record)) again();
          else this.set(room);
        },
        (error: RillError) => {
          if (turn !== this.#turn || this.#record === undefined) return;
          if (error.code === 'not_found') this.#deps.gone();
          else if (error.retry) again();
        },
      );
    });
  }

  #isStale(room: Room, record: RoomRecord): boolean {
    if (room.epoch !== record.room.epoch) return false;
    return room.rev < record.room.rev || room.readSeq < record.unread.readSeq;
  }

  #change(change: (record: RoomRecord) => RoomRecord): void {
    if (this.#record === undefined) return;
    const next = change(this.#record);
    if (next === this.#record) return;
    const isNewDoubt = next.unread.doubt && !this.#record.unread.doubt;
    this.#set(next);
    if (isNewDoubt) this.refresh();
  }

  #set(record: RoomRecord): void {
    this.#record = record;
    this.#deps.changed();
  }

  #stop(): void {
    this.#turn += 1;
    this.#cancel();
  }
}
