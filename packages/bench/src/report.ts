import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { timeCpu } from './cpu.ts';
import { timeDisk } from './disk.ts';

const RESULTS = join(import.meta.dirname, '../results');

/** What was measured, where, and on what code: a figure without these is a rumour. */
export interface Report<Figures> {
  readonly date: string;
  readonly commit: string;
  readonly machine: {
    readonly cpu: string;
    readonly cpus: number;
    readonly memoryGiB: number;
    readonly kernel: string;
    readonly node: string;
    /** Load of the last minute when the run began: above a few tenths somebody else was at work. */
    readonly loadBefore: number;
    /** For a fixed piece of work: on a machine that is shared one hour is not as fast as another. */
    readonly cpuMs: number;
    readonly fsync: { readonly p50Ms: number; readonly p99Ms: number };
  };
  readonly figures: Figures;
}

/** To be called before the work begins. */
export function beginReport(): <Figures>(figures: Figures) => Report<Figures> {
  const [loadBefore = 0] = loadavg();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    loadBefore: Math.round(loadBefore * 100) / 100,
    cpuMs: timeCpu(),
    fsync: timeDisk(),
  };
  return (figures) => ({ date: new Date().toISOString(), commit: commit(), machine, figures });
}

/** Writes it beside those of earlier days; returns the file. */
export async function keepReport(name: string, report: Report<unknown>): Promise<string> {
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `${name}-${report.date.slice(0, 19).replaceAll(':', '-')}Z.json`);
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  return file;
}

/** Rows under a head, as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

/** Figures as a table, a column for each of their names in words: `p50Ms` stands over it as `p50 ms`. */
export function tableOf(figures: Readonly<Record<string, object>>): string {
  const names = Object.keys(Object.values(figures)[0] ?? {});
  const rows = Object.entries(figures).map(([row, each]) => [row, ...Object.values(each).map(cell)]);
  return table([['', ...names.map(words)], ...rows]);
}

function words(name: string): string {
  return name.replace(/(?<=[a-z\d])[A-Z][a-z]/g, (letters) => ` ${letters.toLowerCase()}`);
}

/** Three digits of what is small, whole numbers of what is large. */
export function cell(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en', {
    maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0,
  });
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', '..') === '' ? '' : ' with changes';
    return `${git('rev-parse', '--short', 'HEAD')}${changed}`;
  } catch {
    return 'unknown';
  }
}
