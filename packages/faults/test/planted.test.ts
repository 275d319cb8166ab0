import { test } from 'node:test';
import { BUGS } from '../src/planted/bugs.ts';
import { plant } from '../src/planted/plant.ts';

test('every planted bug still finds its place in the code', async () => {
  for (const bug of BUGS) await (await plant(bug)).remove();
});
