import { setTimeout as sleep } from 'node:timers/promises';
import type { Room } from '@rill/protocol';
import { startCrowd } from '../crowd.ts';
import type { RawLine } from '../raw-line.ts';
import { atMost, type Scenario } from '../scenario.ts';

const MISSED = 200;
const PATIENCE_MS = 60_000;

/** All sockets are cut at once, miss events, and come back with their cursors. */
export const reconnectStorm: Scenario = {
  name: 'reconnect storm',
  async run({ of }) {
    const sockets = of(5_000);
    const crowd = await startCrowd(sockets, 1);
    try {
      const lines = await crowd.open(sockets);
      const room = await crowd.owner.get<Room>(`/rooms/${crowd.rooms[0]?.id}`);
      for (const line of lines) line.destroy();
      await crowd.say(MISSED);
      const before = await crowd.functionCalls();
      const begun = performance.now();
      const back: RawLine[] = [];
      let whole = 0;
      const { promise: done, resolve } = Promise.withResolvers<void>();
      const opening = crowd.open(sockets, { [room.id]: { rev: room.rev, epoch: room.epoch } }, (line) => {
        back.push(line);
        line.countFrom = 200;
        line.onCount = () => {
          // The welcome is one more.
          if (line.count === MISSED + 1) whole += 1;
          if (whole === sockets) resolve();
        };
      });
      const late = setTimeout(resolve, PATIENCE_MS);
      await Promise.all([opening, done]);
      clearTimeout(late);
      const seconds = (performance.now() - begun) / 1_000;
      // What comes doubled may come later.
      await sleep(1_000);
      const counts = back.map(({ count }) => count - 1);
      const rill = {
        ...{ sockets, missed: MISSED, seconds },
        callsEach: ((await crowd.functionCalls()) - before) / sockets,
        lost: counts.reduce((sum, count) => sum + Math.max(0, MISSED - count), 0),
        doubled: counts.reduce((sum, count) => sum + Math.max(0, count - MISSED), 0),
      };
      return {
        figures: { Rill: rill },
        bars: [
          atMost(15, 'seconds until all are at the head', seconds),
          atMost(0, 'lost', rill.lost),
          atMost(0, 'doubled', rill.doubled),
        ],
      };
    } finally {
      await crowd.stop();
    }
  },
};
