import type {
  Epoch,
  Me,
  PersonalEvent,
  Presence,
  Room,
  RoomBody,
  RoomId,
  ServerInfo,
  SessionId,
  User,
  UserId,
} from '@rill/protocol';
import { CLOSINGS } from '@rill/protocol/close-codes';
import { LIMITS } from '@rill/protocol/limits';
import { RILL_VERSION, WIRE_VERSION } from '@rill/protocol/version';
import type { Clock } from '../clock.ts';
import { RillError } from '../error.ts';
import type { Transport } from '../transport.ts';
import { FakeLine } from './line.ts';
import { restCall } from './rest.ts';
import { FakeRoom } from './room.ts';

/** What may go wrong, and how long things take. Everything is asked for each frame and each call. */
export interface Mischief {
  /** ms that a frame or an answer is on its way. */
  readonly latency?: () => number;
  /** What becomes of a live event on its way to one line. */
  readonly event?: () => 'pass' | 'drop' | 'twice' | 'late';
  /** What becomes of a call or a frame that asks for something; `after`: it is done, and the answer is lost. */
  readonly asked?: () => 'pass' | 'refuse' | 'before' | 'after';
}

export interface FakeServerOptions {
  readonly clock: Clock;
  readonly mischief?: Mischief;
}

/** An account of the fake server. */
export interface FakePerson {
  readonly me: Me;
  /** Of a sign-in that is there from the start. */
  readonly token: string;
  password: string;
  rev: number;
}

/** A sign-in. */
export interface FakeSession {
  readonly id: SessionId;
  readonly user: UserId;
  readonly at: string;
}

/** A server in memory that speaks the wire: for tests of what is built on the SDK. It keeps no promise about strangers. */
export class FakeServer {
  readonly clock: Clock;
  mischief: Mischief;
  readonly people = new Map<UserId, FakePerson>();
  /** By their tokens. */
  readonly sessions = new Map<string, FakeSession>();
  readonly rooms = new Map<RoomId, FakeRoom>();
  /** Those made under a nonce, by maker and nonce. */
  readonly asked = new Map<string, { readonly room: FakeRoom; readonly body: string }>();
  readonly lines = new Set<FakeLine>();
  /** Everything that was asked, newest last: `send`, `GET /me` … */
  readonly heard: string[] = [];
  /** The network is gone: nothing is answered, no line opens. */
  isDown = false;
  #last = 0;

  constructor(options: FakeServerOptions) {
    this.clock = options.clock;
    this.mischief = options.mischief ?? {};
  }

  /** Makes an account. */
  person(username: string, password = 'a long enough password'): FakePerson {
    if ([...this.people.values()].some(({ me }) => me.username === username)) throw new RillError('name_taken');
    const id = this.#id(10) as UserId;
    const role = this.people.size === 0 ? 'owner' : 'member';
    const createdAt = new Date(this.clock.now()).toISOString();
    const card: User = { id, kind: 'person', username, displayName: username, role, status: 'active' };
    const me: Me = { ...card, hidePresence: false, createdAt, rev: 0 };
    const person: FakePerson = { me, token: this.signIn(id), password, rev: 0 };
    this.people.set(id, person);
    return person;
  }

  /** A new sign-in of a user; its token. */
  signIn(user: UserId): string {
    const token = `${user}.${this.#id(20)}`;
    this.sessions.set(token, { id: this.#id(12) as SessionId, user, at: new Date(this.clock.now()).toISOString() });
    return token;
  }

  /** Makes a room; the first member owns it. */
  room(body: Omit<RoomBody, 'members'>, owner: FakePerson, ...members: readonly FakePerson[]): FakeRoom {
    const room = new FakeRoom(`7f${this.#id(16)}` as RoomId, body, this.#epoch(), () => this.clock.now());
    this.rooms.set(room.id, room);
    room.create(owner.me.id);
    this.tell(owner.me.id, { kind: 'room.added', room: this.view(room, owner.me.id) });
    for (const member of members) this.join(room, member.me.id, owner.me.id);
    return room;
  }

  join(room: FakeRoom, user: UserId, actor: UserId): void {
    if (room.members.has(user)) return;
    this.change(room, () => room.join(user, actor));
    this.tell(user, { kind: 'room.added', room: this.view(room, user) });
  }

  leave(room: FakeRoom, user: UserId, actor: UserId): void {
    const before = [...room.members.keys()];
    const event = room.leave(user, actor);
    for (const line of this.lines) if (before.includes(line.user ?? ('' as UserId))) line.event(room, event.rev);
    this.tell(user, { kind: 'room.gone', room: room.id });
  }

  /** Does something to a room and tells its members of every event of it. */
  change<Result>(room: FakeRoom, act: () => Result): Result {
    const before = room.rev();
    const result = act();
    for (let rev = before + 1; rev <= room.rev(); rev += 1) {
      for (const line of this.lines) if (line.user !== undefined && room.members.has(line.user)) line.event(room, rev);
    }
    return result;
  }

  /** The log begins another life: a cursor of the old one is worth nothing. `told`: open lines hear so at once. */
  newEpoch(room: FakeRoom, told = true): void {
    room.epoch = this.#epoch();
    if (!told) return;
    for (const line of this.lines) if (line.user !== undefined && room.members.has(line.user)) line.resync(room);
  }

  /** Tells a user's own lines. */
  tell(user: UserId, event: PersonalEvent): void {
    const person = this.people.get(user);
    if (person === undefined) return;
    person.rev += 1;
    for (const line of this.lines) if (line.user === user) line.say({ type: 'personal', rev: person.rev, event });
  }

  /** Breaks lines, as a network does. */
  cut(user?: UserId): void {
    for (const line of [...this.lines]) if (user === undefined || line.user === user) line.end(1006, '');
  }

  /** Ends sign-ins of a user: all, or one. */
  revoke(user: UserId, id?: SessionId): void {
    for (const [token, session] of this.sessions) {
      if (session.user !== user || (id !== undefined && session.id !== id)) continue;
      this.sessions.delete(token);
      for (const line of [...this.lines]) if (line.token === token) line.end(CLOSINGS.signed_out.code, 'signed_out');
    }
    this.tell(user, { kind: 'sessions.changed' });
  }

  /** A device's door to this server. With `cookie`, sign-ins stay in it as in a browser. */
  transport(): Transport {
    const jar: { cookie: string | undefined } = { cookie: undefined };
    return {
      exchange: (request) => restCall(this, jar, request),
      open: (listener) => {
        const line = new FakeLine(this, listener, () => jar.cookie);
        line.begin();
        return line;
      },
    };
  }

  view(room: FakeRoom, user: UserId): Room {
    const people = [...room.members.keys()].flatMap((id) => this.card(id) ?? []);
    return room.view(user, people);
  }

  roomsOf(user: UserId): Room[] {
    return [...this.rooms.values()].filter((room) => room.members.has(user)).map((room) => this.view(room, user));
  }

  roomFor(id: string, user: UserId): FakeRoom {
    const room = this.rooms.get(id as RoomId);
    if (room === undefined || !room.members.has(user)) throw new RillError('not_found');
    return room;
  }

  me(person: FakePerson): Me {
    return { ...person.me, rev: person.rev };
  }

  card(id: UserId): User | undefined {
    const person = this.people.get(id);
    if (person === undefined) return undefined;
    const { createdAt: _, rev: __, locale: ___, timeZone: ____, hidePresence: _____, ...card } = person.me;
    return card;
  }

  who(token: string | undefined): FakePerson {
    const person = this.people.get(this.sessions.get(token ?? '')?.user ?? ('' as UserId));
    if (person === undefined) throw new RillError('unauthenticated');
    return person;
  }

  presence(user: UserId): Presence {
    const lines = [...this.lines].filter((line) => line.user === user);
    if (lines.length === 0 || this.people.get(user)?.me.hidePresence === true) return 'offline';
    return lines.every((line) => line.isAway) ? 'away' : 'online';
  }

  /** Tells those who look where somebody is now. */
  tellPresence(user: UserId): void {
    for (const line of this.lines) line.presence(user);
  }

  info(): ServerInfo {
    const waitsForOwner = this.people.size === 0;
    return {
      name: 'Fake',
      version: RILL_VERSION,
      wire: WIRE_VERSION,
      registration: 'open',
      waitsForOwner,
      limits: LIMITS,
    };
  }

  #epoch(): Epoch {
    return this.#id(8) as Epoch;
  }

  /** Names that are different each time and the same in each run. */
  #id(length: number): string {
    this.#last += 1;
    return this.#last.toString(36).padStart(length, '0');
  }
}
