import type { AuditAct, AuditEntry, UserId } from '@rill/protocol';
import type { RedisDoor } from './redis.ts';
import { field } from './replies.ts';
import { SERVER } from './user-keys.ts';

/** The audit log: who did what to whom or what. Append-only; never a text of a message. */
export interface AuditLog {
  add(entry: {
    readonly at: number;
    readonly actor: UserId;
    readonly act: AuditAct;
    readonly target: string;
    readonly detail: string;
  }): Promise<void>;
  /** Newest first; `before` is the id of an entry. */
  page(before: string | undefined, limit: number): Promise<AuditEntry[]>;
}

const COLUMNS = 6;

export function createAuditLog({ redis }: { redis: RedisDoor }): AuditLog {
  return {
    async add({ at, actor, act, target, detail }) {
      await redis.call('audit_add', [SERVER.audit], [at, actor, act, target, detail]);
    },
    async page(before, limit) {
      const [, ...cells] = await redis.read('audit_page', [SERVER.audit], [before ?? '+', limit]);
      const entries: AuditEntry[] = [];
      for (let at = 0; at < cells.length; at += COLUMNS) {
        entries.push({
          id: field(cells, at),
          at: new Date(Number(field(cells, at + 1))).toISOString(),
          // Written by us from ids and the protocol's own list.
          actor: field(cells, at + 2) as UserId,
          act: field(cells, at + 3) as AuditAct,
          target: field(cells, at + 4),
          detail: field(cells, at + 5),
        });
      }
      return entries;
    },
  };
}
