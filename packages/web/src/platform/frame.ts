/** A page that is not in sight has no frames; what it draws (its title, its badge) can wait so long. */
const HIDDEN_MS = 250;

const waiting = new Set<() => void>();
let cancel: (() => void) | undefined;

/** Calls once before the next frame is painted, however often it is asked for. */
export function inNextFrame(act: () => void): void {
  waiting.add(act);
  if (cancel !== undefined) return;
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, HIDDEN_MS);
  cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Takes it back. */
export function notInNextFrame(act: () => void): void {
  waiting.delete(act);
}

function run(): void {
  cancel?.();
  cancel = undefined;
  const now = [...waiting];
  waiting.clear();
  for (const act of now) act();
}
