import { quantile } from './quantile.ts';

const TIMES = 25;
const PEOPLE = 20_000;

/** Makes, sorts, writes and reads objects: what a server and a page do most. Always the same ones. */
function work(): number {
  const people = Array.from({ length: PEOPLE }, (_, at) => ({ at, name: `person ${(at * 7_919) % PEOPLE}` }));
  people.sort((one, other) => (one.name < other.name ? -1 : 1));
  const read = JSON.parse(JSON.stringify(people)) as typeof people;
  return read.reduce((sum, { at, name }) => (sum * 31 + at + name.length) | 0, 0);
}

/**
 * How long one CPU takes for a fixed piece of work, ms at the median. On a machine that is shared it differs from one hour to the
 * next by a factor of two and more: a figure is slower than an earlier one only as far as this is not.
 */
export function timeCpu(): number {
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const from = performance.now();
    work();
    taken.push(performance.now() - from);
  }
  taken.sort((one, other) => one - other);
  return quantile(taken, 0.5);
}
