import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from './quantile.ts';

const TIMES = 200;

/** How long the disk takes to have 4 KiB for certain, ms: under every acknowledgement. */
export function timeDisk(): { p50Ms: number; p99Ms: number } {
  const folder = mkdtempSync(join(tmpdir(), 'rill-disk-'));
  const file = openSync(join(folder, 'file'), 'a');
  const page = Buffer.alloc(4_096, 'x');
  const taken: number[] = [];
  try {
    for (let time = 0; time < TIMES; time += 1) {
      const from = performance.now();
      writeSync(file, page);
      fdatasyncSync(file);
      taken.push(performance.now() - from);
    }
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true });
  }
  taken.sort((one, other) => one - other);
  return { p50Ms: quantile(taken, 0.5), p99Ms: quantile(taken, 0.99) };
}
