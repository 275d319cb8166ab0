const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** A moving pointer says the same a hundred times a second. */
const LISTEN_EVERY_MS = 1_000;

/** Calls when somebody leaves this page, hidden or untouched for so long, and when somebody is back. */
export function watchHere(idleMs: number, listener: (here: boolean) => void): () => void {
  let here = true;
  let heardAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (now: boolean) => {
    if (now === here) return;
    here = now;
    listener(now);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(false), idleMs);
  };
  const sign = () => {
    const now = Date.now();
    if (document.visibilityState !== 'visible' || (here && now - heardAt < LISTEN_EVERY_MS)) return;
    heardAt = now;
    wait();
    tell(true);
  };
  const look = () => {
    if (document.visibilityState === 'visible') sign();
    else tell(false);
  };
  for (const name of SIGNS) addEventListener(name, sign, { passive: true, capture: true });
  document.addEventListener('visibilitychange', look);
  wait();
  look();
  return () => {
    clearTimeout(timer);
    for (const name of SIGNS) removeEventListener(name, sign, { capture: true });
    document.removeEventListener('visibilitychange', look);
    tell(true);
  };
}
