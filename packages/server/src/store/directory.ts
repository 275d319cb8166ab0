import type { UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { SERVER } from './user-keys.ts';

/** Words by which users are found, in the order of their bytes. What is found is checked against the user itself. */
export interface Directory {
  /** `name` is the folded username, `words` what a search may begin with. A later `rev` of the user wins. */
  put(user: UserId, rev: number, name: string, words: readonly string[]): Promise<void>;
  /** Users with a word that begins so, each once. */
  find(prefix: string, limit: number): Promise<UserId[]>;
  /** Everybody in order of their names, after a name. */
  page(after: string, limit: number): Promise<{ user: UserId; name: string }[]>;
}

/** Above every character of a text. */
const LAST = '\u{10FFFF}';

export function createDirectory({ redis }: { redis: RedisDoor }): Directory {
  async function range(from: string, to: string, limit: number): Promise<{ user: UserId; name: string }[]> {
    const [, ...entries] = await redis.read('directory_range', [SERVER.directory], [from, to, limit]);
    return entries.map((entry) => {
      const at = entry.lastIndexOf('\0');
      return { name: entry.slice(1, at), user: entry.slice(at + 1) as UserId };
    });
  }
  return {
    async put(user, rev, name, words) {
      const entries = new Set([`n${name}`, ...words.map((word) => `w${word}`)]);
      await redis.call('directory_put', [SERVER.directory, SERVER.directoryRows], [user, rev, ...entries]);
    },
    async find(prefix, limit) {
      const found = await range(`[w${prefix}`, `(w${prefix}${LAST}`, limit);
      return [...new Set(found.map(({ user }) => user))];
    },
    page: (after, limit) => range(after === '' ? '[n' : `(n${after}\0${LAST}`, `(n${LAST}`, limit),
  };
}
