import {
  IMPORTED_AUTHOR,
  type ImportedCount,
  type ImportLine,
  type Limits,
  type RoomId,
  type UserId,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { AuditLog } from '../store/audit.ts';
import type { RoomLog } from '../store/room-log.ts';
import type { Users } from '../store/users.ts';
import { Refusal } from './refusal.ts';
import { readLine, readText } from './text.ts';
import { foldGiven } from './username.ts';
import type { Who } from './who.ts';

/** Brings messages from elsewhere, with their own times and writers' names. */
export interface Import {
  /** By the server's owner, into a room of theirs. A nonce that was stored before is counted, not stored again. */
  import(who: Who, room: RoomId, lines: readonly ImportLine[]): Promise<ImportedCount>;
}

export function createImport(parts: {
  readonly log: RoomLog;
  readonly users: Users;
  readonly audit: AuditLog;
  readonly limits: Limits;
  readonly clock: Clock;
}): Import {
  const { log, users, audit, limits, clock } = parts;

  /** Who has the account of each name; names without one are absent. */
  async function accountsOf(names: ReadonlySet<string>): Promise<Map<string, UserId>> {
    const found = await Promise.all(
      [...names].map(async (name) => {
        const folded = foldGiven(name);
        const user = folded === undefined ? undefined : await users.byName(folded);
        return user === undefined ? [] : [[name, user] as const];
      }),
    );
    return new Map(found.flat());
  }

  return {
    async import(who, room, given) {
      if (who.role !== 'owner') throw new Refusal('forbidden');
      const now = clock.now();
      if (given.length > limits.importLines) {
        throw new Refusal('body_too_large', {
          detail: `An import brings at most ${limits.importLines} lines at once.`,
        });
      }
      const lines = given.map((line, at) => readLineOf(line, `messages/${at}`, now));
      const accounts = await accountsOf(new Set(lines.map(({ name }) => name)));
      const counted = await log.import({
        room,
        user: who.user,
        now,
        lines: lines.map((line) => ({ ...line, author: accounts.get(line.name) ?? IMPORTED_AUTHOR })),
      });
      if (counted.stored > 0) {
        const detail = `${counted.stored} messages`;
        await audit.add({ at: now, actor: who.user, act: 'room.imported', target: room, detail });
      }
      return counted;
    },
  };

  function readLineOf({ nonce, name, at, text }: ImportLine, place: string, now: number) {
    const time = Date.parse(at);
    if (!(time >= 0 && time <= now)) {
      throw new Refusal('bad_request', { errors: [{ at: `${place}/at`, is: 'is no time of the past since 1970' }] });
    }
    const writer = readLine(name, `${place}/name`, NAME_LENGTH);
    if (writer === '') throw new Refusal('bad_request', { errors: [{ at: `${place}/name`, is: 'is empty' }] });
    return { nonce, name: writer, at: time, text: readText(text, limits, `${place}/text`) };
  }
}

/** Code points of a writer's name where the message came from. */
const NAME_LENGTH = 128;
