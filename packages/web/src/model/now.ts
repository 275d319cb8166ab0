import { signal } from '@preact/signals';

const EVERY_MS = 30_000;
const now = signal(Date.now());
let running = false;

/** The time, as exact as a list of conversations needs it: whoever uses it is drawn again twice a minute. */
export function useNow(): number {
  if (!running && typeof setInterval === 'function') {
    running = true;
    setInterval(() => {
      if (document.visibilityState === 'visible') now.value = Date.now();
    }, EVERY_MS);
    document.addEventListener('visibilitychange', () => {
      now.value = Date.now();
    });
  }
  return now.value;
}
