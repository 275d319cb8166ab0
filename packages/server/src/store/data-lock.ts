import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another server has this DATA_DIR. */
export class DataInUse extends Error {}

/** Held while this process may write to DATA_DIR. */
export interface DataLock {
  release(): void;
}

/**
 * Locks DATA_DIR for this process. The kernel holds the lock (through SQLite, on a file that is never deleted), so it
 * is gone when the process is, however it ended, and no stale lock has to be told from a live one.
 */
export async function lockData(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const told = join(dataDir, 'server.json');
  const lock = new DatabaseSync(join(dataDir, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
    throw new DataInUse(
      `${dataDir} is in use by another server${await holder(told)}. Stop it, or set another DATA_DIR.`,
    );
  }
  await writeFile(told, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return { release: () => lock.close() };
}

async function holder(file: string): Promise<string> {
  try {
    const { pid, since } = JSON.parse(await readFile(file, 'utf8')) as { pid: number; since: string };
    return ` (process ${pid}, since ${since})`;
  } catch {
    return '';
  }
}
