/** A bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  at(done: number): void;
  end(): void;
}

const WIDTH = 30;

export function createProgress(what: string, total: number, out: NodeJS.WriteStream = process.stderr): Progress {
  const started = performance.now();
  const pauseMs = out.isTTY ? 100 : 5_000;
  let shown = started;
  let done = 0;

  const show = () => {
    const seconds = (performance.now() - started) / 1_000;
    const part = total === 0 ? 1 : done / total;
    const rate = done / Math.max(seconds, 0.001);
    const left = rate > 0 ? `${Math.ceil((total - done) / rate)} s left` : '';
    const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '·');
    const numbers = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}, ${Math.round(rate).toLocaleString('en')}/s`;
    const line = `${what} ${bar} ${Math.floor(part * 100)} % ${numbers}${done < total ? `, ${left}` : `, ${seconds.toFixed(1)} s`}`;
    out.write(out.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  };
  return {
    at(now) {
      done = now;
      if (performance.now() - shown < pauseMs) return;
      shown = performance.now();
      show();
    },
    end() {
      show();
      if (out.isTTY) out.write('\n');
    },
  };
}
