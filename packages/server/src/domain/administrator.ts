import type { ServerRole } from '@rill/protocol';
import { Refusal } from './refusal.ts';
import type { Who } from './who.ts';

const RANK: Readonly<Record<ServerRole, number>> = { member: 1, admin: 2, owner: 3 };

/** Refuses everybody but the owner and the admins of the server. */
export function administrator(who: Who): void {
  if (RANK[who.role] < RANK.admin) throw new Refusal('forbidden');
}

/** One acts on those below oneself, and gives no role but those below one's own: nobody makes or unmakes an equal. */
export function outranks(role: ServerRole, other: ServerRole): boolean {
  return RANK[role] > RANK[other];
}
