/** Every promise of docs/spec.md is held by a test that says its number, and no test says a number that is not there. */
import { conclude, files } from './files.ts';

const spec = files(/^docs\/spec\.md$/)[0]?.text ?? '';
const promised = new Set([...spec.matchAll(/^## (P\d+)\b/gm)].map(([, number]) => number ?? ''));
const names = files(/^packages\/.*\.test\.ts$/).flatMap(({ path, text }) =>
  [...text.matchAll(/\b(?:test|it|describe|suite)\(\s*(['"`])(.*?)\1/gs)].map(([, , name]) => ({
    path,
    name: name ?? '',
  })),
);
const held = new Map<string, number>();
for (const { name } of names)
  for (const [number] of name.matchAll(/\bP\d+\b/g)) held.set(number, (held.get(number) ?? 0) + 1);

const complaints = [
  ...[...promised].filter((number) => !held.has(number)).map((number) => `${number}: no test has it in its name`),
  ...[...held.keys()]
    .filter((number) => !promised.has(number))
    .map((number) => `${number}: in a test, not in docs/spec.md`),
];
if (promised.size < 9) complaints.push(`docs/spec.md has ${promised.size} promises`);
conclude(complaints, [...promised].map((number) => `${number} ${held.get(number)}`).join(' · ') + ' tests.');
