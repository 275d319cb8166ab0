import { type Person, register, startRedis, startServerProcess } from '@rill/harness';
import type { Cursor, Room } from '@rill/protocol';
import { TEXT } from '../payload.ts';
import { hello, OPEN_LIMITS } from '../peers/rill.ts';
import { pin, residentBytes } from '../processes.ts';
import type { RawLine } from '../raw-line.ts';

const SOCKETS_A_USER = 20;
/** Handshakes that are under way at once. */
const AT_ONCE = 50;

/** On SIGWINCH the server collects its garbage, so that what is left is what it needs, and says how much that is. */
const COLLECTING =
  '--expose-gc --import=data:text/javascript,process.on(`SIGWINCH`,()=>{globalThis.gc();console.log(`memory`,process.memoryUsage().heapUsed)})';

/** One Rill with people who are all in the same rooms. */
export async function startCrowd(people: number, rooms: number) {
  const redis = await startRedis();
  const env = { ...OPEN_LIMITS, REDIS_URL: redis.url, NODE_OPTIONS: COLLECTING };
  const server = await startServerProcess({ env });
  pin(redis.pid(), 'load');
  const owner = await register(server.url, { username: 'owner', code: server.ownerCode });
  const made: Room[] = [];
  for (let at = 0; at < rooms; at += 1) made.push(await owner.makeRoom({ kind: 'open', name: `room ${at}` }));
  const crowd: Person[] = [];
  for (let at = 0; at < people; at += 1) {
    const person = await register(server.url, { username: `person${at}` });
    await Promise.all(made.map(({ id }) => person.put(`/rooms/${id}/members/me`)));
    crowd.push(person);
  }
  // Begins anew, so that its memory is not that of the work before.
  await server.restart();
  pin(server.pid(), 'server');
  const port = Number(new URL(server.url).port);
  return {
    redis,
    server,
    owner,
    rooms: made,
    crowd,
    /** Every person's sockets, up to so many in all; `onLine` is told of each before it has said hello. */
    async open(
      sockets: number,
      cursors?: Record<string, Cursor>,
      onLine?: (line: RawLine) => void,
    ): Promise<RawLine[]> {
      const lines: RawLine[] = [];
      let begun = 0;
      const next = async (): Promise<void> => {
        while (begun < sockets) {
          const person = crowd[Math.floor(begun / SOCKETS_A_USER)];
          begun += 1;
          if (person === undefined) throw new Error('too few people for so many sockets');
          const line = await hello(port, person.token, cursors, onLine);
          lines.push(line);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
      return lines;
    },
    async say(count: number): Promise<void> {
      const room = made[0];
      if (room === undefined) return;
      let left = count;
      const next = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          await owner.say(room.id, TEXT);
        }
      };
      await Promise.all(Array.from({ length: 20 }, next));
    },
    async commands(): Promise<number> {
      const info = await redis.client().info('commandstats');
      return [...info.matchAll(/cmdstat_fcall(?:_ro)?:calls=(\d+)/g)].reduce(
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

/** Resident memory that a signed-in socket costs that hears nothing. */
export async function idle(sockets: number, rooms: number) {
  const all = await startCrowd(Math.ceil(sockets / SOCKETS_A_USER), rooms);
  try {
    const settled = async () => {
      // Twice: what the first finds out of use, the second gives back.
      for (let times = 0; times < 2; times += 1) {
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        process.kill(all.server.pid(), 'SIGWINCH');
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const said = all.server.said.findLast((line) => line.startsWith('memory ')) ?? '';
      return { resident: residentBytes(all.server.pid()), heap: Number(said.split(' ')[1]) };
    };
    for (const line of await all.open(Math.min(200, sockets))) line.destroy();
    const before = await settled();
    const lines = await all.open(sockets);
    const after = await settled();
    for (const line of lines) line.destroy();
    return {
      sockets,
      rooms,
      residentBefore: before.resident,
      residentAfter: after.resident,
      residentASocket: (after.resident - before.resident) / sockets,
      heapASocket: (after.heap - before.heap) / sockets,
    };
  } finally {
    await all.stop();
  }
}

/** All sockets are cut at once, miss events, and come back with their cursors. */
export async function storm(sockets: number, missed: number) {
  const all = await startCrowd(Math.ceil(sockets / SOCKETS_A_USER), 1);
  try {
    const lines = await all.open(sockets);
    const room = all.rooms[0];
    if (room === undefined) throw new Error('no room');
    const { rev, epoch } = await all.owner.get<Room>(`/rooms/${room.id}`);
    for (const line of lines) line.destroy();
    await all.say(missed);
    const before = await all.commands();
    const begun = performance.now();
    const back: RawLine[] = [];
    let whole = 0;
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const opening = all.open(sockets, { [room.id]: { rev, epoch } }, (line) => {
      back.push(line);
      line.countFrom = 200;
      line.count = 0;
      line.onCount = () => {
        // The welcome is one more.
        if (line.count === missed + 1) whole += 1;
        if (whole === sockets) resolve();
      };
    });
    const late = setTimeout(resolve, 60_000);
    await Promise.all([opening, done]);
    clearTimeout(late);
    const seconds = (performance.now() - begun) / 1_000;
    await new Promise((settle) => setTimeout(settle, 1_000));
    const commands = (await all.commands()) - before;
    const counts = back.map(({ count }) => count - 1);
    return {
      sockets,
      missed,
      seconds,
      commandsASocket: commands / sockets,
      lost: counts.reduce((sum, count) => sum + Math.max(0, missed - count), 0),
      doubled: counts.reduce((sum, count) => sum + Math.max(0, count - missed), 0),
    };
  } finally {
    await all.stop();
  }
}

/** One client comes back after many events. */
export async function catchUp(missed: number) {
  const all = await startCrowd(1, 1);
  try {
    const room = all.rooms[0];
    if (room === undefined) throw new Error('no room');
    const { rev, epoch } = await all.owner.get<Room>(`/rooms/${room.id}`);
    await all.say(missed);
    const begun = performance.now();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await all.open(1, { [room.id]: { rev, epoch } }, (line) => {
      line.countFrom = 200;
      line.onCount = () => {
        if (line.count === missed + 1) resolve();
      };
    });
    await done;
    const seconds = (performance.now() - begun) / 1_000;
    return { missed, seconds, eventsPerSecond: missed / seconds };
  } finally {
    await all.stop();
  }
}
