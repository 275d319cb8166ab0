import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatNode, World } from '../world.ts';
import type { Nemesis } from './nemesis.ts';

const any = (world: World): ChatNode => world.random.pick(world.nodes);

/** F1: a chat node is killed in the middle of everything, and started again. */
const killed: Nemesis = {
  name: 'node-killed',
  async strike(world) {
    const { server } = any(world);
    await server.kill('SIGKILL');
    await sleep(world.random.below(1_000));
    await server.restart();
  },
};

/** A node sleeps past every time-out and wakes with old rights and positions in its memory. */
const asleep: Nemesis = {
  name: 'node-asleep',
  async strike(world) {
    const { server } = any(world);
    process.kill(server.pid(), 'SIGSTOP');
    await sleep(2_000 + world.random.below(4_000));
    process.kill(server.pid(), 'SIGCONT');
  },
};

/** F24: a rolling restart: told to stop, it lets go in order. */
const drained: Nemesis = {
  name: 'node-drained',
  async strike(world) {
    const { server } = any(world);
    await server.kill('SIGTERM');
    await server.restart();
  },
};

/** F22: every client of a node loses its line at once. */
const storm: Nemesis = {
  name: 'reconnect-storm',
  async strike(world) {
    for (const node of world.nodes) node.front.reset();
    await sleep(500);
  },
};

/** F21: clients vanish without a word and come back later on the same lines. */
const halfOpen: Nemesis = {
  name: 'half-open-clients',
  async strike(world) {
    const { front } = any(world);
    front.cut();
    await sleep(2_000 + world.random.below(3_000));
    front.mend();
  },
};

export const NODES: readonly Nemesis[] = [killed, asleep, drained, storm, halfOpen];
