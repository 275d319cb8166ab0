import { test } from 'node:test';
import { realWorld } from './real-world.ts';
import { scenarios } from './scenarios.ts';

const world = realWorld('eventStream');

for (const [name, scenario] of Object.entries(scenarios)) {
  test(`on the real server over event streams: ${name}`, () => scenario(world));
}
