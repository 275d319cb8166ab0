import type { Line, LineListener } from '../transport.ts';

/** What a line that broke by itself is closed with. */
const BROKEN = 1006;

/** A line whose code has to be loaded first: what is sent before is kept, in order. */
export function openLater(listener: LineListener, load: () => Promise<() => Line>): Line {
  let line: Line | undefined;
  let isClosed = false;
  const held: string[] = [];
  load().then(
    (open) => {
      if (isClosed) return;
      line = open();
      for (const text of held.splice(0)) line.send(text);
    },
    () => {
      if (!isClosed) listener.closed(BROKEN, '');
    },
  );
  return {
    send(text) {
      if (line === undefined) held.push(text);
      else line.send(text);
    },
    close() {
      isClosed = true;
      line?.close();
    },
  };
}
