import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pin } from '../processes.ts';

/** A server of a comparison: says its port in its first line. */
export async function startChild(
  file: string,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  pin(child.pid ?? 0, 'server');
  return { child, port: Number(line.toString()) };
}

export async function stopChild(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
