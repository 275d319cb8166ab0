import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Waits until something looked at is so; for what tells nobody when it changes. */
export async function until(what: string, look: () => boolean | Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await look())) {
    if (performance.now() > deadline) throw new Error(`in ${patienceMs} ms it did not come to this: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}
