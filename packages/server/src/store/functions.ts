import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Redis } from 'ioredis';

/** Our Redis Functions as one library whose name carries the hash of its sources. */
export interface FunctionLibrary {
  readonly name: string;
  readonly hash: string;
  /** What FUNCTION LOAD takes. */
  readonly code: string;
  /** The name under which Redis knows the function of a file, so that old and new versions stand side by side. */
  nameOf(file: string): string;
}

/** Reads every `.lua` file of a folder into one library: helpers (`_*.lua`) first, then a function a file. */
export async function readLibrary(folder = join(import.meta.dirname, 'functions')): Promise<FunctionLibrary> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.lua')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name: name.slice(0, -4), text: await readFile(join(folder, name), 'utf8') })),
  );
  const helpers = files.filter((file) => file.name.startsWith('_'));
  const functions = files.filter((file) => !file.name.startsWith('_'));
  const body = [...helpers.map(helper), ...functions.map(block)].join('\n');
  const hash = createHash('sha256').update(PRELUDE).update(body).digest('hex').slice(0, 8);
  return {
    name: `rill_${hash}`,
    hash,
    code: `#!lua name=rill_${hash}\nlocal VERSION = '${hash}'\n${PRELUDE}\n${body}\n`,
    nameOf: (file) => `${file}_${hash}`,
  };
}

/**
 * Loads the library into one Redis unless it is there. `alone` says that no other server uses this Redis: libraries
 * of other versions go.
 */
export async function loadLibrary(redis: Redis, library: FunctionLibrary, { alone = false } = {}): Promise<void> {
  try {
    await redis.function('LOAD', library.code);
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('already exists'))) throw error;
  }
  if (!alone) return;
  const known = (await redis.function('LIST', 'LIBRARYNAME', 'rill_*')) as unknown[][];
  for (const [, name] of known) {
    if (name !== library.name) await redis.function('DELETE', String(name));
  }
}

interface Source {
  readonly name: string;
  readonly text: string;
}

const helper = ({ name, text }: Source) => `-- ${name}.lua\n${text}`;
/** Lua allows 200 locals a block, so each function's own stay in one of its own. */
const block = ({ name, text }: Source) => `-- ${name}.lua\ndo\n${text}\nend`;

const PRELUDE = `
local function register(name, callback, flags)
  redis.register_function{function_name = name .. '_' .. VERSION, callback = callback, flags = flags or {}}
end
local function register_read(name, callback)
  redis.register_function{function_name = name .. '_' .. VERSION, callback = callback, flags = {'no-writes'}}
end
`;
