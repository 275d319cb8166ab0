import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Nemesis } from '../src/nemesis/nemesis.ts';
import { NODES } from '../src/nemesis/nodes.ts';
import { STORE } from '../src/nemesis/store.ts';
import { run } from '../src/run.ts';

const SEED = 20_261_122;
const SECONDS = 45;
const ORDER = [
  'node-killed',
  'redis-killed',
  'command-link-cut',
  'subscriber-link-cut',
  'reconnect-storm',
  'node-asleep',
  'redis-paused',
];

/** A short slice of `npm run faults`, the same each time. */
test('P1 P2 P3 P4 P5 P6 P7 P10 hold while nodes and Redis are killed, paused and cut off', async (context) => {
  const all = [...NODES, ...STORE];
  const nemeses = ORDER.map((name): Nemesis => {
    const nemesis = all.find((each) => each.name === name);
    assert.ok(nemesis, name);
    return nemesis;
  });
  const say = (line: string): void => context.diagnostic(line);
  const { violations, figures } = await run({ seed: SEED, on: 'single', seconds: SECONDS, nemeses, say });
  say(JSON.stringify(figures));
  assert.deepEqual(violations, []);
  for (const [name, least] of Object.entries({
    acknowledged: 100,
    recalls: 10,
    removals: 5,
    returns: 5,
    signOuts: 5,
  })) {
    assert.ok((figures[name] ?? 0) >= least, `${name}: so few that nothing was tried`);
  }
  assert.ok((figures['strikes'] ?? 0) >= nemeses.length, 'not everything was broken once');
});
