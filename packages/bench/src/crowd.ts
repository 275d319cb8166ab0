import { type Person, register, startServerProcess } from '@rill/harness';
import type { Cursor, Room } from '@rill/protocol';
import { TEXT } from './payload.ts';
import { hello, OPEN_LIMITS, SOCKETS_A_USER } from './peers/rill.ts';
import { pin } from './processes.ts';
import type { RawLine } from './raw-line.ts';
import { startBenchRedis } from './redis.ts';

/** Handshakes that are under way at once. */
const AT_ONCE = 50;
const SAYING_AT_ONCE = 20;

/** One Rill with people who are all in the same rooms. */
export interface Crowd {
  readonly owner: Person;
  readonly rooms: readonly Room[];
  pid(): number;
  /** Every person's sockets, up to so many in all; `onLine` is told of each before it has said hello. */
  open(sockets: number, cursors?: Record<string, Cursor>, onLine?: (line: RawLine) => void): Promise<RawLine[]>;
  /** Says so many things in the first room. */
  say(count: number): Promise<void>;
  /** Functions that Redis was asked for so far. */
  functionCalls(): Promise<number>;
  stop(): Promise<void>;
}

/** As many people as `sockets` need, all in `rooms` rooms; the server has begun anew since, with what env says. */
export async function startCrowd(sockets: number, rooms: number, env: Record<string, string> = {}): Promise<Crowd> {
  const redis = await startBenchRedis();
  const server = await startServerProcess({ env: { ...OPEN_LIMITS, REDIS_URL: redis.url, ...env } });
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const made: Room[] = [];
  for (let at = 0; at < rooms; at += 1) made.push(await owner.makeRoom({ kind: 'open', name: `room ${at}` }));
  const people: Person[] = [];
  for (let at = 0; at * SOCKETS_A_USER < sockets; at += 1) {
    const person = await register(server.url, { username: `person${at}` });
    await Promise.all(made.map(({ id }) => person.put(`/rooms/${id}/members/me`)));
    people.push(person);
  }
  // Its memory is then not that of the work before.
  await server.restart();
  pin(server.pid(), 'server');
  const port = Number(new URL(server.url).port);
  const inspector = redis.client();
  return {
    owner,
    rooms: made,
    pid: server.pid,
    async open(count, cursors, onLine) {
      const lines: RawLine[] = [];
      await together(count, AT_ONCE, async (at) => {
        const person = people[Math.floor(at / SOCKETS_A_USER)];
        if (person === undefined) throw new Error('too few people for so many sockets');
        lines.push(await hello(port, person.token, cursors, onLine));
      });
      return lines;
    },
    async say(count) {
      const [room] = made;
      if (room !== undefined) await together(count, SAYING_AT_ONCE, () => owner.say(room.id, TEXT));
    },
    async functionCalls() {
      const stats = await inspector.info('commandstats');
      return [...stats.matchAll(/cmdstat_fcall(?:_ro)?:calls=(\d+)/g)].reduce(
        (sum, [, calls]) => sum + Number(calls),
        0,
      );
    },
    async stop() {
      await server.kill();
      await server.stop();
      await redis.stop();
    },
  };
}

/** Does something `count` times, so many at once. */
async function together(count: number, atOnce: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let begun = 0;
  const next = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await work(begun - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
