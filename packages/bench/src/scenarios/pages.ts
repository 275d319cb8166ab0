import { register } from '@rill/harness';
import { meter, type Taken } from '../meter.ts';
import { rill } from '../peers/rill.ts';
import { openRawHttp, type RawHttp } from '../raw-http.ts';
import { quantile } from '../quantile.ts';
import { atLeast, atMost, type Scenario } from '../scenario.ts';
import { seed } from '../seed.ts';

const PAGE = 50;
/** Readers who ask again as soon as they are answered: enough that the server is never idle. */
const READERS = 16;
const WARM = 200;

interface PageFigures extends Omit<Taken, 'seconds' | 'grownMib'> {
  readonly pagesPerSecond: number;
  /** Of one reader alone. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Pages over HTTP at both ends of a long room and in its middle. */
export const pages: Scenario = {
  name: 'pages of a long room',
  async run({ seconds, of }) {
    const messages = of(1_000_000);
    const running = await rill().start(1);
    try {
      const [room] = running.rooms;
      if (room === undefined) throw new Error('no room');
      await seed(running.redisUrl, room, running.owner.id, messages);
      const reader = await register(running.owner.url, { username: 'reader' });
      await reader.put(`/rooms/${room.id}/members/me`);
      const port = Number(new URL(running.owner.url).port);
      const path = (query: string) => `/rooms/${room.id}/messages?limit=${PAGE}${query}`;
      const places = {
        newest: path(''),
        middle: path(`&after=${Math.floor(messages / 2)}`),
        first: path('&after=0'),
      };
      const first = await openRawHttp(port, reader.token);
      const alone = await timeEach(first, places, seconds);
      first.close();
      // Not before: who asks for nothing is let go.
      const readers = await Promise.all(Array.from({ length: READERS }, () => openRawHttp(port, reader.token)));
      const figures: Record<string, PageFigures> = {};
      for (const [place, path] of Object.entries(places)) {
        let read = 0;
        let reading = true;
        const all = readers.map(async (each) => {
          for (; reading; read += 1) await each.get(path);
        });
        const before = read;
        const { seconds: took, grownMib: _, ...taken } = await meter(running, seconds);
        const pagesPerSecond = (read - before) / took;
        reading = false;
        await Promise.all(all);
        const late = alone.get(place) ?? [];
        figures[place] = { pagesPerSecond, p50Ms: quantile(late, 0.5), p99Ms: quantile(late, 0.99), ...taken };
      }
      for (const each of readers) each.close();
      const all = Object.values(figures);
      const medians = all.map(({ p50Ms }) => p50Ms);
      return {
        figures,
        bars: [
          atMost(1.5, 'slowest median by the fastest', Math.max(...medians) / Math.min(...medians)),
          atLeast(4_000, 'pages a second, where it is slowest', Math.min(...all.map((each) => each.pagesPerSecond))),
        ],
      };
    } finally {
      await running.stop();
    }
  },
};

/** The places in turn, one after another, so that whatever else happens happens to all. */
async function timeEach(reader: RawHttp, places: Readonly<Record<string, string>>, seconds: number) {
  const taken = new Map(Object.keys(places).map((place) => [place, [] as number[]]));
  let until = Number.POSITIVE_INFINITY;
  for (let round = -WARM; performance.now() < until; round += 1) {
    if (round === 0) until = performance.now() + seconds * 1_000;
    for (const [place, path] of Object.entries(places)) {
      const from = performance.now();
      await reader.get(path);
      if (round >= 0) taken.get(place)?.push(performance.now() - from);
    }
  }
  for (const each of taken.values()) each.sort((one, other) => one - other);
  return taken;
}
