import type { Page, RoomId } from '@rill/protocol';
import type { Redis } from 'ioredis';
import { quantile } from '../src/quantile.ts';
import type { Api } from './api.ts';

export interface PageTimes {
  readonly newest: Times;
  readonly middle: Times;
  readonly first: Times;
  /** The slowest median by the quickest. */
  readonly factor: number;
}
interface Times {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const ROUNDS = 400;
const WARM = 50;

/** How long a page of 50 takes at both ends of a room and in its middle, in turn, one after another. */
export async function timePages(api: Api, room: RoomId): Promise<PageTimes> {
  const head = await api.get<Page>(`/rooms/${room}/messages?limit=1`);
  const places = {
    newest: '?limit=50',
    middle: `?after=${Math.floor(head.seq / 2)}&limit=50`,
    first: '?after=0&limit=50',
  };
  const taken: Record<keyof typeof places, number[]> = { newest: [], middle: [], first: [] };
  for (let round = -WARM; round < ROUNDS; round += 1) {
    for (const place of Object.keys(places) as (keyof typeof places)[]) {
      const began = performance.now();
      const page = await api.get<Page>(`/rooms/${room}/messages${places[place]}`);
      if (page.messages.length !== 50) throw new Error(`the ${place} page has ${page.messages.length} messages`);
      if (round >= 0) taken[place].push(performance.now() - began);
    }
  }
  const times = (all: number[]): Times => {
    const sorted = all.toSorted((a, b) => a - b);
    return { p50Ms: rounded(quantile(sorted, 0.5)), p99Ms: rounded(quantile(sorted, 0.99)) };
  };
  const [newest, middle, first] = [times(taken.newest), times(taken.middle), times(taken.first)];
  const medians = [newest.p50Ms, middle.p50Ms, first.p50Ms];
  return { newest, middle, first, factor: rounded(Math.max(...medians) / Math.min(...medians)) };
}

export interface Memory {
  readonly messages: number;
  /** The log and what happened to its messages since. */
  readonly logAndState: Weight;
  readonly feed: Weight;
  readonly nonces: Weight;
  /** Members, read marks, the room itself. */
  readonly rest: Weight;
}

/** Bytes a message: what Redis estimates (MEMORY USAGE, whole keys), and what it gives back when the keys go. */
interface Weight {
  readonly estimated: number;
  readonly given: number;
}

type Kind = Exclude<keyof Memory, 'messages'>;

const KINDS: readonly { readonly kind: Kind; readonly is: RegExp }[] = [
  { kind: 'logAndState', is: /:(log|text|state|edits|uncounted|imports)(:|$)/ },
  { kind: 'feed', is: /:feed:/ },
  { kind: 'nonces', is: /:nonces:/ },
  { kind: 'rest', is: /:room:/ },
];

/** What a room's keys take in Redis. They are gone afterwards: to be used on a copy. */
export async function weigh(redis: Redis, room: RoomId, messages: number): Promise<Memory> {
  const tag = `{p${room.slice(0, 2)}}`;
  const keys = await all(redis, `${tag}:*`);
  const each = (bytes: number) => Math.round((bytes / messages) * 10) / 10;
  const weights = new Map<Kind, Weight>();
  for (const { kind, is } of KINDS) {
    // Other rooms of the partition are not this one's weight; its nonces are shared with them.
    const ours = keys.filter((key) => (key.includes(room) || key.includes(':nonces:')) && kindOf(key, room, is));
    let estimated = 0;
    for (const key of ours) estimated += (await redis.memory('USAGE', key, 'SAMPLES', 0)) ?? 0;
    const before = await used(redis);
    if (ours.length > 0) await redis.del(...ours);
    weights.set(kind, { estimated: each(estimated), given: each(before - (await used(redis))) });
  }
  const none = { estimated: 0, given: 0 };
  const weight = (kind: Kind) => weights.get(kind) ?? none;
  return {
    messages,
    logAndState: weight('logAndState'),
    feed: weight('feed'),
    nonces: weight('nonces'),
    rest: weight('rest'),
  };
}

/** A kind is the first that fits. */
function kindOf(key: string, room: string, is: RegExp): boolean {
  return KINDS.find((each) => each.is.test(key.replace(room, '')))?.is === is;
}

async function all(redis: Redis, match: string): Promise<string[]> {
  const keys = new Set<string>();
  for await (const found of redis.scanStream({ match, count: 1_000 }) as AsyncIterable<string[]>) {
    for (const key of found) keys.add(key);
  }
  return [...keys];
}

async function used(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
