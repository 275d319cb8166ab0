import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const TICKS_PER_SECOND = 100;
/** The server has a CPU to itself; load and Redis share the other. */
const SERVER_CPU = 0;
const LOAD_CPU = 1;

/** Gives a process, with all its threads and what it starts from then on, its CPU; where there is only one, everything shares it. */
export function pin(pid: number, to: 'server' | 'load' | 'any'): void {
  if (cpus().length < 2) return;
  const cpu = { server: SERVER_CPU, load: LOAD_CPU, any: `0-${cpus().length - 1}` }[to];
  execFileSync('taskset', ['-acp', String(cpu), String(pid)], { stdio: 'ignore' });
}

/** CPU that a process and its children have used so far, in seconds, as the operating system counts. */
export function cpuSeconds(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + ownSeconds(each), 0);
}

/** Resident memory of a process, in bytes. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1_024;
}

function ownSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field may hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function treeOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(treeOf)];
}
