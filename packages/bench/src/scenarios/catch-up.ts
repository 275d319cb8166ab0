import type { Room } from '@rill/protocol';
import { startCrowd } from '../crowd.ts';
import type { Scenario } from '../scenario.ts';

/** One client comes back after many events. */
export const catchUp: Scenario = {
  name: 'catch-up',
  async run({ of }) {
    const missed = of(10_000);
    const crowd = await startCrowd(1, 1);
    try {
      const { id, rev, epoch } = await crowd.owner.get<Room>(`/rooms/${crowd.rooms[0]?.id}`);
      await crowd.say(missed);
      const begun = performance.now();
      const { promise: done, resolve } = Promise.withResolvers<void>();
      await crowd.open(1, { [id]: { rev, epoch } }, (line) => {
        line.countFrom = 200;
        line.onCount = () => {
          // The welcome is one more.
          if (line.count === missed + 1) resolve();
        };
      });
      await done;
      const seconds = (performance.now() - begun) / 1_000;
      return { figures: { Rill: { missed, seconds, eventsPerSecond: missed / seconds } }, bars: [] };
    } finally {
      await crowd.stop();
    }
  },
};
