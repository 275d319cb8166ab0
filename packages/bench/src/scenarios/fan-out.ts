import { compare } from '../compare.ts';
import { atLeast, type Scenario } from '../scenario.ts';

/** A thousand sockets in one room, of which some speak. */
function oneRoom(sockets: number, speaking: number) {
  const own = (count: number) => Array.from({ length: count }, () => [0]);
  return { listeners: own(sockets - speaking), speakers: own(speaking), rooms: 1 };
}

const SOCKETS = 1_000;

/** As lively as a room of this size can be and still be read. */
export const livelyRoom: Scenario = {
  name: 'fan-out at 50/s',
  async run({ seconds, of }) {
    const sockets = of(SOCKETS);
    const { rill, figures } = await compare({
      ...oneRoom(sockets, of(40)),
      ...{ rate: 50, seconds, watching: sockets },
    });
    return { figures, bars: [atLeast(1.5, 'deliveries a CPU-second, by Socket.IO', rill.timesSocketIo)] };
  },
};

/** A fifth of all speak, each as soon as its last message was acknowledged. */
export const fullSpeed: Scenario = {
  name: 'fan-out at full speed',
  async run({ seconds, of }) {
    const { rill, figures } = await compare({ ...oneRoom(of(SOCKETS), of(200)), seconds, watching: 20 });
    return {
      figures,
      bars: [
        atLeast(5, 'deliveries a CPU-second, by Socket.IO', rill.timesSocketIo),
        atLeast(1_000_000, 'deliveries a CPU-second', rill.deliveriesPerCpuSecond),
      ],
    };
  },
};
