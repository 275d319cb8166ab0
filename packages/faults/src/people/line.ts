import type { AckFrame, Cursor, DownFrame, ErrorFrame, RoomId } from '@rill/protocol';
import type { History } from '../history/history.ts';
import { canariesIn } from './canary.ts';
import type { Carrier, Way } from './carrier.ts';
import { eventSeen } from './sight.ts';
import { openSocket } from './socket.ts';
import { type Across, openStream } from './stream.ts';

/** What became of a frame that was sent up. */
export type Reply =
  | { readonly type: 'ack'; readonly frame: AckFrame }
  | { readonly type: 'error'; readonly frame: ErrorFrame }
  | { readonly type: 'lost' };

export interface LineOptions extends Across {
  readonly way: Way;
  readonly user: string;
  readonly node: string;
  readonly proc: string;
  readonly history: History;
  /** Where it goes on; empty: at the heads. */
  readonly cursors: Map<RoomId, Cursor>;
  /** Bytes a second it reads, for a slow reader; undefined: all there is. */
  readonly bytesPerSecond?: number;
}

/**
 * One connection that writes down everything it is told. It keeps its cursors to the letter of the protocol and
 * never asks for what is missing: a hole is for the checker to find.
 */
export class Line {
  readonly closed: Promise<void>;
  readonly welcomed: Promise<boolean>;
  readonly #options: LineOptions;
  readonly #carrier: Carrier;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  #refs = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    let welcome: (is: boolean) => void = () => {};
    this.welcomed = new Promise((settle) => {
      welcome = settle;
    });
    let close: () => void = () => {};
    this.closed = new Promise((settle) => {
      close = settle;
    });
    const open = options.way === 'socket' ? openSocket : openStream;
    this.#carrier = open(options, {
      opened: () => this.#hello(),
      heard: (bytes) => {
        // The server is ours: what it sends is what the protocol says, or the run is red anyway.
        const frame = JSON.parse(bytes) as DownFrame;
        this.#take(frame, bytes);
        if (frame.type === 'welcome') welcome(true);
        if (options.bytesPerSecond !== undefined) this.#carrier.pause((1_000 * bytes.length) / options.bytesPerSecond);
      },
      closed: () => {
        this.#turn('closed', '' as RoomId, '', 0);
        for (const reply of this.#waiting.values()) reply({ type: 'lost' });
        this.#waiting.clear();
        welcome(false);
        close();
      },
    });
  }

  /** Sends a frame; resolves with its ack, its error, or that the line was lost before either. */
  ask(frame: object, deadline = 8_000): Promise<Reply> {
    this.#refs += 1;
    const ref = `${this.#refs}`;
    return new Promise((settle) => {
      if (!this.#carrier.isOpen()) return settle({ type: 'lost' });
      const timer = setTimeout(() => {
        this.#waiting.delete(ref);
        settle({ type: 'lost' });
      }, deadline);
      this.#waiting.set(ref, (reply) => {
        clearTimeout(timer);
        settle(reply);
      });
      this.#carrier.send({ ...frame, ref });
    });
  }

  /** Goes away without a word, as a phone in a tunnel does. */
  drop(): void {
    this.#carrier.drop();
  }

  #hello(): void {
    const rooms = Object.fromEntries(this.#options.cursors);
    this.#carrier.send({ type: 'hello', ref: 'hello', token: this.#options.token, rooms });
  }

  #take(frame: DownFrame, bytes: string): void {
    const { cursors } = this.#options;
    switch (frame.type) {
      case 'welcome':
        for (const room of frame.rooms) {
          const cursor = cursors.get(room.id) ?? { rev: room.rev, epoch: room.epoch };
          cursors.set(room.id, cursor);
          this.#turn('attached', room.id, cursor.epoch, cursor.rev);
        }
        break;
      case 'event':
        cursors.set(frame.room, { rev: frame.rev, epoch: frame.epoch });
        this.#options.history.add({
          is: 'sighting',
          ...this.#where(),
          path: 'live',
          room: frame.room,
          epoch: frame.epoch,
          rev: frame.rev,
          ...eventSeen(frame.event),
          canaries: canariesIn(bytes),
        });
        break;
      case 'resync':
        cursors.set(frame.room, { rev: frame.rev, epoch: frame.epoch });
        this.#turn('resync', frame.room, frame.epoch, frame.rev);
        break;
      case 'personal':
        if (frame.event.kind === 'room.added') {
          const { id, epoch, rev } = frame.event.room;
          cursors.set(id, { epoch, rev });
          this.#turn('attached', id, epoch, rev);
        } else if (frame.event.kind === 'room.gone') {
          cursors.delete(frame.event.room);
          this.#turn('left', frame.event.room, '', 0);
        }
        break;
      case 'ack':
        this.#answer(frame.ref, { type: 'ack', frame });
        break;
      case 'error':
        if (frame.ref !== undefined) this.#answer(frame.ref, { type: 'error', frame });
        break;
      case 'signal':
        break;
    }
  }

  #answer(ref: string, reply: Reply): void {
    this.#waiting.get(ref)?.(reply);
    this.#waiting.delete(ref);
  }

  #where(): { start: number; at: number; proc: string; user: string; node: string } {
    const { history, proc, user, node } = this.#options;
    const at = history.now();
    return { start: at, at, proc, user, node };
  }

  #turn(what: 'attached' | 'resync' | 'left' | 'closed', room: RoomId, epoch: string, rev: number): void {
    const { at, proc, user } = this.#where();
    this.#options.history.add({ is: 'turn', at, proc, user, what, room, epoch, rev });
  }
}
