import { fanOut } from '../fan-out.ts';
import { rill } from '../peers/rill.ts';
import type { Scenario } from '../scenario.ts';

/** The same people over one node and over two on one Redis. On two CPUs the load leaves them less than one each. */
export const twoNodes: Scenario = {
  name: 'two nodes against one',
  async run({ seconds, of }) {
    const talk = {
      listeners: Array.from({ length: of(800) }, () => [0]),
      speakers: Array.from({ length: of(200) }, () => [0]),
      ...{ rooms: 1, seconds, watching: 20 },
    };
    return {
      figures: {
        'one node': await fanOut(rill({ nodes: 1 }), talk),
        'two nodes': await fanOut(rill({ nodes: 2 }), talk),
      },
      bars: [],
    };
  },
};
