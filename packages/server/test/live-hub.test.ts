import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { Epoch, EventFrame, ResyncFrame, Room, RoomId, SessionId, UserId } from '@rill/protocol';
import { Refusal } from '../src/domain/refusal.ts';
import type { Rooms } from '../src/domain/rooms.ts';
import type { Who } from '../src/domain/who.ts';
import { createCatchUp } from '../src/live/catch-up.ts';
import { createFeedReads } from '../src/live/feed-reads.ts';
import { createHubs, type Hubs } from '../src/live/hubs.ts';
import type { Seat, Seated, SeatedAt } from '../src/live/seat.ts';
import { Turn } from '../src/live/turn.ts';
import { Writer } from '../src/live/writer.ts';
import type { FeedEvent, RoomFeed } from '../src/store/room-feed.ts';

const ROOM = '00aaaaaaaaaaaaaaaa' as RoomId;
const RUNS = Number(process.env.RUNS ?? 20);

/** A small generator: the same seed, the same run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A room as Redis has it: its feed, its members, and what it publishes; some of that gets lost or comes twice. */
class Log {
  readonly #draw: (below: number) => number;
  lossy: number;
  readonly members = new Set<UserId>();
  /** By which event each of those who are no members any more left. */
  readonly left = new Map<UserId, number>();
  epoch = 'epoch000' as Epoch;
  events: FeedEvent[] = [];
  listener: ((event: FeedEvent) => void) | undefined;
  lives = 0;

  constructor(draw: (below: number) => number, lossy: number) {
    this.#draw = draw;
    this.lossy = lossy;
  }

  get rev(): number {
    return this.events.length;
  }

  tell(event: FeedEvent['event']): void {
    const feed: FeedEvent = { room: ROOM, rev: this.rev + 1, epoch: this.epoch, event };
    this.events.push(feed);
    const { listener } = this;
    if (listener === undefined || this.#draw(100) < this.lossy) return;
    // On its way over the link; order is kept.
    setImmediate(() => listener(feed));
    if (this.#draw(100) < this.lossy) setImmediate(() => listener(feed));
  }

  say(actor: UserId): void {
    this.tell({ kind: 'member.changed', actor, at: '', user: actor, role: 'member' });
  }

  leave(user: UserId): void {
    if (!this.members.delete(user)) return;
    this.left.set(user, this.rev + 1);
    this.tell({ kind: 'member.left', actor: user, at: '', user });
  }

  /** A failover: the log has another life, and may have lost its end. */
  turnOver(): void {
    this.lives += 1;
    // Revs of another life say nothing of when somebody left in this one.
    this.left.clear();
    this.epoch = `epoch${String(this.lives).padStart(3, '0')}` as Epoch;
    this.events = this.events.slice(0, this.rev - this.#draw(3)).map((event) => ({ ...event, epoch: this.epoch }));
  }

  feed(): RoomFeed {
    return {
      subscribe: async (_room, listener) => {
        await turn();
        this.listener = listener;
        return async () => {};
      },
      after: async (user, _room, cursor, limit) => {
        await turn();
        if (this.#draw(40) === 0) throw new Refusal('unavailable');
        if (!this.members.has(user)) return 'no_room';
        if (cursor.epoch !== this.epoch || cursor.rev > this.rev) return 'resync';
        const page = { events: this.events.slice(cursor.rev, cursor.rev + limit), rev: this.rev, epoch: this.epoch };
        // The answer is on its way while others write.
        await turn();
        return { ...page, fromSeq: 1 };
      },
      ticks: async () => ({ ticks: [], rooms: [], epochOf: () => undefined }),
    };
  }

  async one(who: Who): Promise<Room> {
    await turn();
    if (!this.members.has(who.user)) throw new Refusal('not_found');
    const room = { rev: this.rev, epoch: this.epoch, fromSeq: 1 } as Room;
    await turn();
    return room;
  }
}

/** A connection whose socket may stand still; it checks what it gets as a client would. */
class Reader implements Seated {
  readonly user: UserId;
  readonly who: Who;
  readonly writer: Writer;
  readonly hubs: SeatedAt[] = [];
  behind: Seat[] | undefined;
  closed = false;
  cursor = 0;
  epoch: Epoch;
  /** Everything it got, for the message of a failure. */
  readonly got: string[] = [];
  readonly texts: string[] = [];
  failed: string | undefined;
  #stuck = false;
  #drained: (() => void)[] = [];

  readonly #log: Log;

  constructor(user: UserId, parts: Turn, at: { rev: number; epoch: Epoch }, log: Log) {
    this.user = user;
    this.#log = log;
    this.who = { user, session: 'a' as SessionId, role: 'member' };
    this.cursor = at.rev;
    this.epoch = at.epoch;
    const isStuck = (): boolean => this.#stuck;
    const sink = {
      write: (chunk: Buffer) => {
        this.#read(chunk);
        return !isStuck();
      },
      cork() {},
      uncork() {},
      once: (_name: string, listener: () => void) => {
        this.#drained.push(listener);
      },
      get writableNeedDrain() {
        return isStuck();
      },
      destroyed: false,
    };
    this.writer = new Writer(sink, 'eventStream', parts, { bytes: 4_096, frames: 20 });
  }

  stick(): void {
    this.#stuck = true;
  }

  drain(): void {
    this.#stuck = false;
    for (const wake of this.#drained.splice(0)) wake();
  }

  #read(chunk: Buffer): void {
    for (const text of chunk.toString().split('\n\n')) {
      if (text === '') continue;
      this.texts.push(text);
      const frame = JSON.parse(text.slice('data: '.length)) as EventFrame | ResyncFrame;
      this.got.push(`${frame.type} ${frame.epoch} ${frame.rev}`);
      if (frame.type === 'resync') {
        this.epoch = frame.epoch;
        this.cursor = frame.rev;
      } else if (frame.epoch !== this.epoch || frame.rev !== this.cursor + 1) {
        this.failed ??= `${frame.epoch} ${frame.rev} after ${this.epoch} ${this.cursor}`;
      } else this.cursor = frame.rev;
      const { epoch, left, members } = this.#log;
      if (frame.epoch === epoch && frame.rev > (left.get(this.user) ?? frame.rev) && !members.has(this.user)) {
        this.failed ??= `${frame.epoch} ${frame.rev} after leaving`;
      }
    }
  }
}

interface World {
  readonly log: Log;
  readonly hubs: Hubs;
  readonly turn: Turn;
  readonly readers: Set<Reader>;
}

function world(draw: (below: number) => number, lossy: number): World {
  const log = new Log(draw, lossy);
  const readers = new Set<Reader>();
  const rooms = { one: (who: Who) => log.one(who) } as unknown as Rooms;
  const feed = log.feed();
  const clock = { now: () => Date.now() };
  const ending = new Turn(() => true);
  const onFault = (error: unknown) => assert.fail(String(error));
  const catchUp = createCatchUp({ rooms, reads: createFeedReads(feed, 7, clock.now), onFault });
  const hubs = createHubs({ clock, turn: ending, rooms, feed, feedLimit: 7, catchUp, onLeft: () => {}, onFault });
  return { log, hubs, turn: ending, readers };
}

async function join({ log, hubs, turn: ending, readers }: World, user: UserId, back: number): Promise<void> {
  if (!log.members.has(user)) {
    log.members.add(user);
    log.tell({ kind: 'member.joined', actor: user, at: '', member: { user, role: 'member', joinedAt: '' } });
  }
  const hub = await hubs.open(ROOM);
  const room = await log.one({ user } as Who).catch(() => undefined);
  if (room === undefined) return;
  const cursor = Math.max(0, room.rev - back);
  const reader = new Reader(user, ending, { rev: cursor, epoch: room.epoch }, log);
  readers.add(reader);
  hub.enter(reader, room, cursor, 1);
}

function quit(reader: Reader, readers: Set<Reader>): void {
  reader.closed = true;
  for (const hub of reader.hubs.slice()) hub.leave(reader);
  reader.writer.close();
  readers.delete(reader);
}

async function run(seed: number): Promise<void> {
  const draw = random(seed);
  const all = world(draw, draw(2) * 10);
  const { log, hubs, readers } = all;
  const users = Array.from({ length: 6 }, (_, at) => `user00000${at}` as UserId);
  const pick = () => users[draw(users.length)] as UserId;
  const anybody = () => [...readers][draw(readers.size)];
  const lively = draw(3) > 0;
  for (let step = 0; step < 300; step += 1) {
    const act = draw(100);
    if (act < 55) for (let times = draw(12); times >= 0; times -= 1) log.say(pick());
    else if (act < 70) await join(all, pick(), draw(20));
    else if (act < 76) log.leave(pick());
    else if (act < 82) anybody()?.stick();
    else if (act < 90) anybody()?.drain();
    else if (act < 93) {
      const reader = anybody();
      if (reader) quit(reader, readers);
    } else if (act < 94 && lively) log.turnOver();
    else if (act < 97) hubs.check(ROOM, { rev: log.rev, epoch: log.epoch });
    else await turn();
    if (draw(3) === 0) await turn();
    for (const { user, failed, got } of readers)
      assert.equal(failed, undefined, `seed ${seed} ${user}: ${got.slice(-20).join(', ')}`);
  }
  for (const reader of readers) reader.drain();
  const seated = () => [...readers].filter((reader) => reader.hubs.length > 0);
  const behind = () => seated().filter((reader) => reader.cursor !== log.rev || reader.epoch !== log.epoch);
  // One more that everybody hears of is enough to find whatever was lost before it.
  log.lossy = 0;
  log.say(pick());
  for (let tries = 0; tries < 400; tries += 1) {
    await sleep(tries < 20 ? 1 : 20);
    for (const reader of readers) reader.drain();
    if (behind().length === 0 && seated().every(({ user }) => log.members.has(user))) break;
  }
  for (const { user, failed, got } of readers)
    assert.equal(failed, undefined, `seed ${seed} ${user}: ${got.slice(-20).join(', ')}`);
  assert.deepEqual(
    behind().map(({ user, cursor, epoch }) => `${user} ${epoch} ${cursor}`),
    [],
    `seed ${seed}: all at ${log.epoch} ${log.rev}`,
  );
  assert.deepEqual(
    seated().filter(({ user }) => !log.members.has(user)),
    [],
    `seed ${seed}: nobody who left is still here`,
  );
  for (const reader of [...readers]) quit(reader, readers);
}

test('P3 P4 P5 whatever is lost, doubled, late or full: every connection has every event once, in order, or is told to load anew', async () => {
  const first = Number(process.env.SEED ?? 1);
  for (let seed = first; seed < first + RUNS; seed += 1) await run(seed);
});

test('P6 what was said before a recall and comes from Redis after the recall was read is not passed on', async () => {
  const user = 'user000000' as UserId;
  const at = { rev: 1, epoch: 'epoch000' as Epoch };
  const about = (rev: number, kind: string, more: object): FeedEvent =>
    ({ room: ROOM, ...at, rev, seq: 1, event: { kind, message: { seq: 1, rev: 4, ...more } } }) as never;
  const gone = { kind: 'text', recalled: {} };
  const asNow = [about(2, 'message.sent', gone), about(3, 'message.edited', gone), about(4, 'message.recalled', gone)];
  const edited = about(3, 'message.edited', { text: 'a secret' });
  for (const limit of [1, 2, 3]) {
    let told = (_event: FeedEvent): void => {};
    const log = new Log(() => 1, 0);
    const feed: RoomFeed = {
      ...log.feed(),
      subscribe: async (_room, listener) => {
        told = listener;
        return async () => {};
      },
      after: async (_user, _room, { rev }) => {
        await turn();
        // The link on which events come lags behind.
        setImmediate(() => told(edited));
        return { events: asNow.slice(rev - 1, rev - 1 + limit), rev: 4, epoch: at.epoch, fromSeq: 1 };
      },
    };
    const rooms = { one: (who: Who) => log.one(who) } as unknown as Rooms;
    const ending = new Turn(() => true);
    const onFault = (error: unknown) => assert.fail(String(error));
    const hubs = createHubs({
      clock: { now: () => Date.now() },
      turn: ending,
      rooms,
      feed,
      feedLimit: limit,
      catchUp: () => {},
      onLeft: () => {},
      onFault,
    });
    const hub = await hubs.open(ROOM);
    const reader = new Reader(user, ending, at, log);
    hub.enter(reader, at, at.rev, 1);
    // The one before it got lost.
    told(edited);
    for (let tries = 0; tries < 50 && reader.cursor < 4; tries += 1) await sleep(2);
    assert.deepEqual([reader.failed, reader.cursor], [undefined, 4]);
    assert.deepEqual(
      reader.texts.filter((text) => text.includes('a secret')),
      [],
      `a page of ${limit}`,
    );
  }
});
