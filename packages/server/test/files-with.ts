import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 15_000;

/** Files of a folder that hold the words. */
export async function filesWith(folder: string, words: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) {
    // A file of a rewrite may be gone by now.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (bytes.includes(words)) found.push(file);
  }
  return found;
}

/** Redis takes old files away a moment after it has put the new ones in their place. */
export async function gone(folder: string, words: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let found = await filesWith(folder, words); found.length > 0; found = await filesWith(folder, words)) {
    if (performance.now() > deadline) assert.fail(`the text is still in ${found.join(', ')}`);
    await sleep(25);
  }
}
