import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client, LiveRoom } from '@rill/client';
import { type FakePerson, type FakeRoom, type Mischief, seeded } from '@rill/client/testing';
import type { Message, Nonce, UserId } from '@rill/protocol';
import { type Stage, stage } from './people.ts';

const SEEDS = process.env['SEED'] === undefined ? Number(process.env['RUNS'] ?? 30) : 1;
const STEPS = 250;
/** Messages of a room before anybody came: 150, one that it was made, two that somebody joined. */
const BEFORE = 153;

interface Actor {
  readonly person: FakePerson;
  readonly client: Client;
  /** What was said in each room, in the order it was said. */
  readonly told: Map<string, string[]>;
  readonly closers: Map<string, () => void>;
  readonly recalled: Set<string>;
}

/** What one member should see of a room: every message but the hidden ones. */
function truth(room: FakeRoom, user: UserId): Message[] {
  const { fromSeq } = room.member(user);
  return room.log
    .filter((message) => message.seq >= fromSeq)
    .map((message) => room.sight(message.seq, user))
    .filter((message) => message.kind !== 'hidden');
}

function messages(room: LiveRoom): Message[] {
  return room.timeline.snapshot().items.flatMap((item) => (item.kind === 'message' ? [item.message] : []));
}

/** What must hold at every moment, however wrong things are: in order, each once, and no text after its recall. */
function checkAlways(actor: Actor, room: FakeRoom): void {
  const shown = messages(actor.client.room(room.id));
  shown.forEach((message, index) => {
    assert.ok(index === 0 || message.seq > (shown[index - 1]?.seq ?? 0), 'P3: ascending, each once');
    const key = `${room.id} ${message.seq}`;
    if ('recalled' in message || 'removed' in message) actor.recalled.add(key);
    else assert.ok(!actor.recalled.has(key), 'P3: a text came back after its tombstone');
  });
}

/** How wild a run is: some have no resync at all, so that nothing is mended by loading everything anew. */
interface Mood {
  readonly resyncs: boolean;
  readonly cuts: boolean;
  readonly pauseMs: number;
}

/** Another device of the same person hides a message. */
function hideElsewhere(at: Stage, room: FakeRoom, user: UserId, seq: number): void {
  room.hide(user, seq);
  at.server.tell(user, { kind: 'message.hidden', room: room.id, seq, unread: room.unread(user) });
}

async function act(at: Stage, actors: readonly Actor[], rooms: readonly FakeRoom[], mood: Mood, random: () => number) {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const actor = pick(actors);
  const room = pick(rooms);
  const live = actor.client.room(room.id);
  const any = messages(live);
  const own = any.filter((message) => 'text' in message && message.author === actor.person.me.id);
  const isReader = actor === actors.at(-1);
  const dice = random();
  if (dice < 0.35 && !isReader) {
    const told = actor.told.get(room.id) ?? [];
    const text = `${actor.person.me.username} ${told.length}`;
    told.push(text);
    actor.told.set(room.id, told);
    live.send(text);
  } else if (dice < 0.45 && own.length > 0) {
    const message = pick(own);
    if ('text' in message) void live.edit(message.seq, `${root(message.text)} +${Math.floor(random() * 1e6)}`);
  } else if (dice < 0.55 && own.length > 0) void live.recall(pick(own.slice(-10)).seq);
  else if (dice < 0.6 && any.length > 0) void live.hide(pick(any).seq);
  else if (dice < 0.62 && any.length > 0) hideElsewhere(at, room, actor.person.me.id, pick(any).seq);
  else if (dice < 0.63 && any.length > 0) void live.remove(pick(any).seq);
  else if (dice < 0.68) live.markRead(Math.ceil(room.log.length - random() * 20));
  else if (dice < 0.72 && mood.cuts) at.server.cut(actor.person.me.id);
  else if (dice < 0.73 && mood.resyncs) at.server.newEpoch(room, random() < 0.5);
  else if (dice < 0.74 && mood.resyncs) room.keptFrom = Math.max(1, room.rev() - 5);
  else if (dice < 0.78) actor.client.connection.wake();
  else if (dice < 0.84) void live.timeline.loadOlder();
  else if (dice < 0.86) void live.timeline.loadNewer();
  else if (dice < 0.9) void live.timeline.jump(Math.ceil(random() * room.log.length));
  else if (dice < 0.93) void live.timeline.toEnd();
  else if (dice < 0.97) {
    const closer = actor.closers.get(room.id);
    if (closer === undefined) actor.closers.set(room.id, live.open());
    else {
      closer();
      actor.closers.delete(room.id);
    }
  } else if (mood.cuts) {
    at.server.isDown = true;
    if (random() < 0.5) at.server.cut();
    await at.clock.advance(random() * 3_000);
    at.server.isDown = false;
  }
  await at.clock.advance(random() * mood.pauseMs);
  for (const each of actors) for (const place of rooms) checkAlways(each, place);
}

/** The same words without what an edit added. */
const root = (text: string) => text.split(' +')[0] ?? '';

for (let run = 0; run < SEEDS; run += 1) {
  const seed = Number(process.env['SEED'] ?? 1_000 + run);
  test(`P2 P3 P4 P10 whatever the network does, every timeline becomes the log (seed ${seed})`, async () => {
    const random = seeded(seed);
    const mood: Mood = { resyncs: random() < 0.4, cuts: random() < 0.7, pauseMs: random() < 0.5 ? 20 : 120 };
    const tame = random() < 0.2 ? 1 : 0.85;
    const wild: Mischief = {
      latency: () => 1 + random() * (mood.pauseMs === 20 ? 100 : 40),
      event: () => (random() < tame ? 'pass' : random() < 0.4 ? 'twice' : random() < 0.5 ? 'late' : 'drop'),
      asked: () => (random() < tame ? 'pass' : random() < 0.4 ? 'refuse' : random() < 0.5 ? 'before' : 'after'),
    };
    const at = stage();
    const people = ['ann', 'bob', 'cyd'].map((name) => at.server.person(name));
    const [ann, bob, cyd] = people as [FakePerson, FakePerson, FakePerson];
    const rooms = [
      at.server.room({ kind: 'open', name: 'Hall' }, ann, bob, cyd),
      at.server.room({ kind: 'closed', name: 'Den' }, ann, bob, cyd),
    ];
    const actors: Actor[] = people.map((person) => ({
      person,
      told: new Map(),
      closers: new Map(),
      recalled: new Set(),
    })) as never;
    for (const room of rooms) {
      for (let index = 0; index < 150; index += 1) {
        const { me } = people[index % 2] as FakePerson;
        room.send(me.id, `before-${index}` as Nonce, `old ${index}`);
      }
    }
    for (const actor of actors) {
      const client = await at.enter(actor.person, { random, loaded: 120 });
      Object.assign(actor, { client });
      for (const room of rooms) actor.closers.set(room.id, client.room(room.id).open());
    }
    at.server.mischief = wild;
    for (let step = 0; step < STEPS; step += 1) await act(at, actors, rooms, mood, random);

    at.server.mischief = {};
    if (random() < 0.5) at.server.cut();
    for (const { client } of actors) client.connection.wake();
    await at.clock.advance(120_000);
    // Whoever missed the last event learns of it by the next.
    for (const room of rooms) at.server.change(room, () => room.rename(ann.me.id, 'Last'));
    await at.clock.advance(60_000);
    for (const actor of actors) await checkEnd(at, actor, rooms);
    await at.end();
  });
}

async function checkEnd(at: Stage, { client, person, told }: Actor, rooms: readonly FakeRoom[]): Promise<void> {
  const { id, username } = person.me;
  assert.equal(client.connection.snapshot().name, 'live');
  const left = client.outbox.snapshot().items.filter((item) => item.state !== 'failed');
  assert.deepEqual(left, [], 'nothing waits');
  for (const room of rooms) {
    const live = client.room(room.id);
    const state = live.snapshot();
    assert.ok(state.name === 'present');
    assert.equal(state.room.unread, room.unread(id), `P10: unread of ${username} in ${room.kind} room`);
    assert.equal(state.room.rev, room.rev());
    assert.deepEqual(state.room.last, room.sight(room.log.length, id));
    // What is loaded, wherever it is, is as the log has it; and so is the end.
    live.open();
    await at.clock.advance(1_000);
    compare(live, room, id);
    await Promise.all([live.timeline.toEnd(), at.clock.advance(200)]);
    compare(live, room, id);
    assert.equal(live.timeline.snapshot().last, room.log.length, 'P4: to the end');
    const accepted = room.log.slice(BEFORE).filter((message) => message.kind === 'text' && message.author === id);
    assert.equal(accepted.length, told.get(room.id)?.length ?? 0, 'P2: each message once');
    const texts = accepted.flatMap((message) => ('text' in message ? [root(message.text)] : []));
    const inOrder = (told.get(room.id) ?? []).filter((text) => texts.includes(text));
    assert.deepEqual(texts, inOrder, 'P2 P3: in the order they were said');
  }
}

function compare(live: LiveRoom, room: FakeRoom, user: UserId): void {
  const { first, last } = live.timeline.snapshot();
  const want = truth(room, user).filter((message) => message.seq >= first && message.seq <= last);
  assert.deepEqual(messages(live), want, 'P4: what is loaded is the log');
}
