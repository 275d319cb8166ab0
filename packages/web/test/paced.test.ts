import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { paced } from '../src/platform/paced.ts';

test('what is paced is called at once, then with the newest value when the pause is over', (context) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  context.after(() => mock.timers.reset());
  const seen: number[] = [];
  const see = paced(500, (value: number) => seen.push(value));
  see(1);
  assert.deepEqual(seen, [1]);
  see(2);
  see(3);
  mock.timers.tick(499);
  assert.deepEqual(seen, [1]);
  mock.timers.tick(1);
  assert.deepEqual(seen, [1, 3]);
  see(4);
  assert.deepEqual(seen, [1, 3]);
  mock.timers.tick(500);
  assert.deepEqual(seen, [1, 3, 4]);
  mock.timers.tick(500);
  see(5);
  assert.deepEqual(seen, [1, 3, 4, 5]);
});
