import type { Cursor, DownFrame, ErrorFrame, RoomId } from '@rill/protocol';
import { WebSocket } from 'ws';
import type { History } from '../history/history.ts';
import { canariesIn } from './canary.ts';
import { eventSeen } from './sight.ts';

/** What became of a frame that was sent up. */
export type Reply =
  | { readonly type: 'ack'; readonly frame: DownFrame }
  | { readonly type: 'error'; readonly frame: ErrorFrame }
  | { readonly type: 'lost' };

export interface LineOptions {
  readonly url: string;
  readonly token: string;
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
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  #refs = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    const socket = new WebSocket(`${options.url.replace('http', 'ws')}/api/v1/live`, {
      perMessageDeflate: false,
      handshakeTimeout: 8_000,
    });
    this.#socket = socket;
    let welcome: (is: boolean) => void = () => {};
    this.welcomed = new Promise((settle) => {
      welcome = settle;
    });
    this.closed = new Promise((settle) => {
      socket.on('close', () => {
        this.#turn('closed', '' as RoomId, '', 0);
        for (const reply of this.#waiting.values()) reply({ type: 'lost' });
        this.#waiting.clear();
        welcome(false);
        settle();
      });
    });
    socket.on('error', () => socket.terminate());
    socket.on('open', () => this.#hello());
    socket.on('message', (data) => {
      const bytes = String(data);
      // The server is ours: what it sends is what the protocol says, or the run is red anyway.
      const frame = JSON.parse(bytes) as DownFrame;
      this.#take(frame, bytes);
      if (frame.type === 'welcome') welcome(true);
      if (options.bytesPerSecond !== undefined) this.#dawdle(bytes.length, options.bytesPerSecond);
    });
  }

  /** Sends a frame; resolves with its ack, its error, or that the line was lost before either. */
  ask(frame: object, deadline = 8_000): Promise<Reply> {
    this.#refs += 1;
    const ref = `${this.#refs}`;
    return new Promise((settle) => {
      if (this.#socket.readyState !== WebSocket.OPEN) return settle({ type: 'lost' });
      const timer = setTimeout(() => {
        this.#waiting.delete(ref);
        settle({ type: 'lost' });
      }, deadline);
      this.#waiting.set(ref, (reply) => {
        clearTimeout(timer);
        settle(reply);
      });
      this.#socket.send(JSON.stringify({ ...frame, ref }));
    });
  }

  /** Goes away without a word, as a phone in a tunnel does. */
  drop(): void {
    this.#socket.terminate();
  }

  #hello(): void {
    const rooms = Object.fromEntries(this.#options.cursors);
    this.#socket.send(JSON.stringify({ type: 'hello', ref: 'hello', token: this.#options.token, rooms }));
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

  #dawdle(bytes: number, rate: number): void {
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), (1_000 * bytes) / rate);
  }
}
