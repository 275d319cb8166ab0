import type { AckFrame, DownFrame, HelloFrame, RoomEvent, UpFrame, UserId, WelcomeFrame } from '@rill/protocol';
import { CLOSINGS } from '@rill/protocol/close-codes';
import { LIMITS } from '@rill/protocol/limits';
import { WIRE_VERSION } from '@rill/protocol/version';
import { RillError } from '../error.ts';
import type { Line, LineListener } from '../transport.ts';
import type { FakeRoom } from './room.ts';
import type { FakePerson, FakeServer } from './server.ts';

/** One line of the fake server. Frames arrive in the order they were said. */
export class FakeLine implements Line {
  readonly #server: FakeServer;
  readonly #listener: LineListener;
  readonly #cookie: () => string | undefined;
  #isOver = false;
  /** When the last frame said so far arrives: the next does not overtake it. */
  #arrives = 0;
  #late: string | undefined;
  /** Whose presence is on its screen, and whether somebody sits before it. */
  #followed: readonly UserId[] = [];
  isAway = false;
  user: UserId | undefined;
  token: string | undefined;

  constructor(server: FakeServer, listener: LineListener, cookie: () => string | undefined) {
    this.#server = server;
    this.#listener = listener;
    this.#cookie = cookie;
  }

  begin(): void {
    this.#later(() => {
      if (this.#server.isDown) return this.end(1006, '');
      this.#server.lines.add(this);
      this.#listener.opened();
    });
  }

  /** The client says something. */
  send(text: string): void {
    const frame: UpFrame = JSON.parse(text);
    this.#later(() => this.#hear(frame));
  }

  /** The client ends it: it hears nothing more. */
  close(): void {
    this.#isOver = true;
    if (this.#server.lines.delete(this) && this.user !== undefined) this.#server.tellPresence(this.user);
  }

  /** The server, or the network, ends it. */
  end(code: number, reason: string): void {
    if (this.#isOver) return;
    this.close();
    this.#listener.closed(code, reason);
  }

  say(frame: DownFrame): void {
    this.#deliver(JSON.stringify(frame));
    if (this.#late !== undefined) {
      const late = this.#late;
      this.#late = undefined;
      this.#deliver(late);
    }
  }

  /** Tells of an event, unless something goes wrong on the way. */
  event(room: FakeRoom, rev: number, isReplay = false): void {
    if (this.user === undefined) return;
    const event: RoomEvent = room.eventFor(rev, this.user);
    const text = JSON.stringify({ type: 'event', room: room.id, rev, epoch: room.epoch, event } satisfies DownFrame);
    const fate = isReplay ? 'pass' : (this.#server.mischief.event?.() ?? 'pass');
    if (fate === 'drop') return;
    if (fate === 'late' && this.#late === undefined) {
      this.#late = text;
      return;
    }
    this.say(JSON.parse(text));
    if (fate === 'twice') this.say(JSON.parse(text));
  }

  resync(room: FakeRoom): void {
    this.say({ type: 'resync', room: room.id, rev: room.rev(), epoch: room.epoch });
  }

  /** Tells where somebody is, if that is on the screen and a room is shared. */
  presence(user: UserId): void {
    const me = this.user;
    if (me === undefined || !this.#followed.includes(user)) return;
    const isShared = [...this.#server.rooms.values()].some(({ members }) => members.has(me) && members.has(user));
    if (isShared)
      this.say({ type: 'signal', signal: { kind: 'presence', user, presence: this.#server.presence(user) } });
  }

  #hear(frame: UpFrame): void {
    this.#server.heard.push(frame.type);
    const fate = frame.type === 'hello' || frame.type === 'ping' ? 'pass' : (this.#server.mischief.asked?.() ?? 'pass');
    if (fate === 'before') return this.end(1006, '');
    try {
      if (fate === 'refuse') throw new RillError('unavailable', { retryAfterMs: 50 });
      const answer = frame.type === 'hello' ? this.#hello(frame) : this.#act(frame);
      if (fate === 'after') return this.end(1006, '');
      if (answer !== undefined) this.say({ type: 'ack', ref: frame.ref, ...answer });
    } catch (error) {
      if (!(error instanceof RillError)) throw error;
      const { code, retryAfterMs } = error;
      this.say({ type: 'error', ref: frame.ref, code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
      if (frame.type === 'hello') this.end(CLOSINGS.signed_out.code, 'signed_out');
    }
  }

  #hello(frame: HelloFrame): undefined {
    const token = frame.token ?? this.#cookie();
    const person = this.#server.who(token);
    this.token = token;
    this.user = person.me.id;
    this.say(this.#welcome(frame, person));
    this.#server.tellPresence(person.me.id);
    for (const [id, cursor] of Object.entries(frame.rooms ?? {})) {
      const room = [...this.#server.rooms.values()].find((each) => each.id === id && each.members.has(person.me.id));
      if (room === undefined) continue;
      try {
        const { events } = room.events(person.me.id, cursor.rev, cursor.epoch, Number.MAX_SAFE_INTEGER);
        for (const { rev } of events) this.event(room, rev, true);
      } catch {
        this.resync(room);
      }
    }
  }

  #welcome(frame: HelloFrame, person: FakePerson): WelcomeFrame {
    return {
      type: 'welcome',
      ref: frame.ref,
      me: this.#server.me(person),
      rooms: this.#server.roomsOf(person.me.id),
      wire: WIRE_VERSION,
      pingSeconds: LIMITS.pingSeconds,
      reconnect: { minMs: 200, maxMs: 5_000 },
    };
  }

  #act(frame: Exclude<UpFrame, HelloFrame>): Omit<AckFrame, 'type' | 'ref'> {
    const { user } = this;
    if (user === undefined) throw new RillError('unauthenticated');
    if (frame.type === 'ping') return {};
    const server = this.#server;
    if (frame.type === 'follow') {
      const news = frame.users.filter((each) => !this.#followed.includes(each));
      this.#followed = frame.users;
      for (const each of news) this.presence(each);
      this.isAway = frame.presence === 'away';
      server.tellPresence(user);
      return {};
    }
    const room = server.roomFor(frame.room, user);
    switch (frame.type) {
      case 'typing':
        for (const line of server.lines) {
          const hears = line.user !== undefined && line.user !== user && room.members.has(line.user);
          if (hears) line.say({ type: 'signal', signal: { kind: 'typing', room: room.id, user } });
        }
        return {};
      case 'send': {
        const { message, again } = server.change(room, () => room.send(user, frame.nonce, frame.text));
        return again ? { message, again } : { message };
      }
      case 'edit':
        return { message: server.change(room, () => room.edit(user, frame.seq, frame.text, frame.rev)) };
      case 'recall':
        return { message: server.change(room, () => room.recall(user, frame.seq)) };
      case 'remove':
        return { message: server.change(room, () => room.remove(user, frame.seq, frame.reason)) };
      case 'hide': {
        const message = room.hide(user, frame.seq);
        server.tell(user, { kind: 'message.hidden', room: room.id, seq: frame.seq, unread: room.unread(user) });
        return { message };
      }
      case 'read': {
        const mark = room.read(user, frame.seq);
        server.tell(user, { kind: 'room.read', room: room.id, ...mark });
        return mark;
      }
    }
  }

  #deliver(text: string): void {
    this.#later(() => this.#listener.received(text));
  }

  #later(callback: () => void): void {
    const { clock, mischief } = this.#server;
    this.#arrives = Math.max(this.#arrives, clock.now() + (mischief.latency?.() ?? 1));
    clock.after(this.#arrives - clock.now(), () => {
      if (!this.#isOver) callback();
    });
  }
}
