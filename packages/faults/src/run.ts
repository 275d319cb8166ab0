import { setTimeout as sleep } from 'node:timers/promises';
import { lookIntoFiles, comeToRest } from './aftermath.ts';
import { checkHistory } from './checks/check.ts';
import type { Entry, Violation } from './history/record.ts';
import type { Nemesis } from './nemesis/nemesis.ts';
import { keepDoor } from './people/doorkeeper.ts';
import { poll, readAll, watch } from './people/observer.ts';
import { talk } from './people/talker.ts';
import { comeAndGo } from './people/visitor.ts';
import { write } from './people/writer.ts';
import { allLetGo, footing } from './footing.ts';
import { makeWorld, type World, type WorldOptions } from './world.ts';

export interface RunOptions extends Omit<WorldOptions, 'writers'> {
  readonly seconds: number;
  /** Each in turn, then at random. */
  readonly nemeses: readonly Nemesis[];
  readonly say: (line: string) => void;
}

/** What came of a run. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly figures: Readonly<Record<string, number>>;
}

const WRITERS = 6;

/** People talk while things break; then everything heals, comes to rest, is read whole, and the history is checked. */
export async function run(options: RunOptions): Promise<Outcome> {
  const world = await makeWorld({ ...options, writers: WRITERS });
  try {
    return await runIn(world, options);
  } finally {
    await world.stop();
  }
}

async function runIn(world: World, options: RunOptions): Promise<Outcome> {
  const { history, nodes, observer, guest, owner, writers } = world;
  const [first, second] = nodes;
  const before = await footing(world);
  const resting = Promise.withResolvers<void>();
  const steady = [
    watch(world, observer, first, { way: 'socket', manner: 'steady' }, resting.promise),
    watch(world, observer, second, { way: 'socket', manner: 'steady' }, resting.promise),
    watch(world, observer, first, { way: 'socket', manner: 'slow' }, resting.promise),
    watch(world, observer, second, { way: 'socket', manner: 'restless' }, resting.promise),
    watch(world, observer, first, { way: 'stream', manner: 'steady' }, resting.promise),
    watch(world, observer, second, { way: 'stream', manner: 'restless' }, resting.promise),
  ];
  watch(world, guest, second, { way: 'socket', manner: 'steady' }, resting.promise);
  watch(world, guest, first, { way: 'stream', manner: 'steady' }, resting.promise);
  const [onSocket, onStream, ...others] = writers;
  const people = [
    ...others.map((writer) => write(world, writer)),
    ...(onSocket ? [talk(world, onSocket, first, 'socket')] : []),
    ...(onStream ? [talk(world, onStream, second, 'stream')] : []),
    poll(world, observer, first),
    poll(world, observer, second),
    poll(world, guest, first),
    keepDoor(world),
    comeAndGo(world),
  ];
  const strikes = await rage(world, options);
  world.over = true;
  await Promise.all(people);
  const violations = await comeToRest(world, steady);
  for (const node of nodes) {
    for (const room of [world.open, world.closed, world.quiet]) {
      for (const reader of [owner, observer, ...writers]) await readAll(world, reader, node, room);
    }
  }
  resting.resolve();
  await sleep(200);
  violations.push(...(await allLetGo(world, before)));
  violations.push(...checkHistory(history.entries), ...(await lookIntoFiles(world, history.entries)));
  return { violations, figures: { strikes, ...count(history.entries) } };
}

/** Breaks one thing after another until the time is up; answers how often. */
async function rage(world: World, { seconds, nemeses, say }: RunOptions): Promise<number> {
  const end = world.history.now() + seconds * 1_000;
  const possible = nemeses.filter((nemesis) => nemesis.possible?.(world) ?? true);
  let strikes = 0;
  // Some calm first, or there would be nothing to break.
  await sleep(1_500);
  while (world.history.now() < end) {
    if (possible.length === 0) {
      await sleep(200);
      continue;
    }
    const nemesis = possible[strikes] ?? world.random.pick(possible);
    say(`${((seconds * 1_000 - end + world.history.now()) / 1_000).toFixed(1)} s  ${nemesis.name}`);
    await nemesis.strike(world);
    strikes += 1;
    await sleep(700 + world.random.below(1_300));
  }
  return strikes;
}

function count(entries: readonly Entry[]): Record<string, number> {
  const figures = {
    operations: 0,
    acknowledged: 0,
    refused: 0,
    unknown: 0,
    recalls: 0,
    removals: 0,
    returns: 0,
    signOuts: 0,
    sightings: 0,
    readings: 0,
  };
  for (const each of entries) {
    if (each.is === 'sighting') figures.sightings += 1;
    if (each.is === 'reading') figures.readings += 1;
    if (each.is !== 'operation') continue;
    figures.operations += 1;
    if (each.outcome === 'ok') figures.acknowledged += 1;
    else if (each.outcome === 'fail') figures.refused += 1;
    else figures.unknown += 1;
    if (each.outcome !== 'ok') continue;
    if (each.act === 'recall') figures.recalls += 1;
    else if (each.act === 'end') figures.removals += 1;
    else if (each.act === 'add' && each.end > each.start) figures.returns += 1;
    else if (each.act === 'sign-out') figures.signOuts += 1;
  }
  return figures;
}
