import { fanOut } from '../fan-out.ts';
import { rill } from '../peers/rill.ts';
import { atMost, type Scenario } from '../scenario.ts';

/** Long enough for the buffers of the operating system and of the server to fill. */
const LEAST_SECONDS = 15;
/** What a writer and the buffers around it may hold for one socket that does not read, and some air. */
const MIB_A_SOCKET = 1.5;

/** A fifth of the sockets stop reading in the midst of it. */
export const stalledFifth: Scenario = {
  name: 'stalled fifth',
  async run({ seconds, of }) {
    const own = (count: number) => Array.from({ length: count }, () => [0]);
    const stalled = of(52);
    const talk = {
      listeners: own(of(260)),
      speakers: own(of(20)),
      ...{ rooms: 1, rate: 40, seconds: Math.max(seconds, LEAST_SECONDS), watching: of(200) },
      text: 'x'.repeat(8_000),
    };
    const none = await fanOut(rill(), talk);
    const fifth = await fanOut(rill(), { ...talk, stalled });
    return {
      figures: { 'none stalled': none, 'a fifth stalled': fifth },
      bars: [
        atMost(2, 'p99 of the others, by none stalled', fifth.p99Ms / none.p99Ms),
        atMost(stalled * MIB_A_SOCKET, 'MiB by which memory grew', fifth.grownMib - none.grownMib),
      ],
    };
  },
};
