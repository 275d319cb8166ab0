import type { Page, RoomId } from '@rill/protocol';
import { Redis } from 'ioredis';
import { quantile } from '../src/report.ts';
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
  /** Bytes a message: the log and what happened to its messages since; all of it, keys and Redis's own overhead too. */
  readonly logAndState: number;
  readonly feed: number;
  readonly nonces: number;
  /** Members, read marks, the room itself. */
  readonly rest: number;
}

const KINDS = [
  { kind: 'logAndState', is: /:(log|text|state|edits|uncounted):?/ },
  { kind: 'feed', is: /:feed:/ },
  { kind: 'nonces', is: /:nonces:/ },
] as const;

/** What the room's keys take in Redis, each asked for its whole size. */
export async function weigh(socket: string, room: RoomId, messages: number): Promise<Memory> {
  const redis = new Redis({ path: socket });
  try {
    const bytes = { logAndState: 0, feed: 0, nonces: 0, rest: 0 };
    for await (const keys of redis.scanStream({ match: `{p${room.slice(0, 2)}}:*`, count: 500 }) as AsyncIterable<
      string[]
    >) {
      for (const key of keys) {
        // Other rooms of the partition are not this one's weight; its nonces are shared with them.
        if (key.includes(':room:') && !key.includes(room)) continue;
        const kind = KINDS.find(({ is }) => is.test(key.replace(room, '')))?.kind ?? 'rest';
        bytes[kind] += (await redis.memory('USAGE', key, 'SAMPLES', 0)) ?? 0;
      }
    }
    const each = (sum: number) => Math.round((sum / messages) * 10) / 10;
    return {
      messages,
      logAndState: each(bytes.logAndState),
      feed: each(bytes.feed),
      nonces: each(bytes.nonces),
      rest: each(bytes.rest),
    };
  } finally {
    redis.disconnect();
  }
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
