/** Every promise of docs/spec.md is held by a test that says its number, and no test says a number that is not there. */
import { conclude } from './files.ts';
import { held, promised } from './promised.ts';

const promises = promised();
const tests = held();
const complaints = [
  ...[...promises].filter((number) => !tests.has(number)).map((number) => `${number}: no test has it in its name`),
  ...[...tests.keys()]
    .filter((number) => !promises.has(number))
    .map((number) => `${number}: in a test, not in docs/spec.md`),
];
if (promises.size < 9) complaints.push(`docs/spec.md has ${promises.size} promises`);
conclude(complaints, `${[...promises].map((number) => `${number} ${tests.get(number)?.tests}`).join(' · ')} tests.`);
