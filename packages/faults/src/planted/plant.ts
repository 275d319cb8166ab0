import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Bug } from './bugs.ts';

/** A copy of the server with one bug in it. */
export interface Planted {
  /** What starts it. */
  readonly main: string;
  remove(): Promise<void>;
}

/**
 * Copies the server's sources and puts the bug in. The product itself carries no switch for it.
 *
 * @throws when what the bug replaces does not stand in the file exactly once: the bug has to follow the code.
 */
export async function plant({ name, file, find, put }: Bug): Promise<Planted> {
  const sources = dirname(createRequire(import.meta.url).resolve('@rill/server'));
  const folder = await mkdtemp(join(tmpdir(), 'rill-planted-'));
  await cp(sources, join(folder, 'src'), { recursive: true });
  await cp(join(sources, '../package.json'), join(folder, 'package.json'));
  await symlink(join(sources, '../../../node_modules'), join(folder, 'node_modules'));
  const path = join(folder, 'src', file);
  const text = await readFile(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${name}: «${find.trim()}» does not stand once in ${file}`);
  await writeFile(
    path,
    text.replace(find, () => put),
  );
  return { main: join(folder, 'src/main.ts'), remove: () => rm(folder, { recursive: true, force: true }) };
}
