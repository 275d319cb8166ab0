import { sortHistory } from '../history/history.ts';
import type { Entry, Violation } from '../history/record.ts';
import { neverOlder, noHoles, oneOrder, realTime } from './order.ts';
import { recalledIsGone } from './recall.ts';
import { alwaysAnOwner, countsTrue, membersOnly } from './rights.ts';
import { revokedIsOut } from './revoked.ts';
import { doubles, lostAcks, ownWritesRead, phantoms } from './sends.ts';

const CHECKS = [
  lostAcks,
  phantoms,
  doubles,
  oneOrder,
  noHoles,
  neverOlder,
  realTime,
  membersOnly,
  recalledIsGone,
  ownWritesRead,
  countsTrue,
  alwaysAnOwner,
  revokedIsOut,
] as const;

/**
 * Whether a recorded history keeps the promises. Every rule is linear in the history but for sorting.
 *
 * @returns what is broken, at most as many sentences as there are breaches; empty when all holds.
 */
export function checkHistory(entries: readonly Entry[]): Violation[] {
  const history = sortHistory(entries);
  return CHECKS.flatMap((check) => check(history));
}
