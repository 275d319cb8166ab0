import type { Sorted } from '../history/history.ts';
import type { Operation, Violation } from '../history/record.ts';

/** How long after the acknowledgement of a sign-out what is said may still reach its sockets (ms). */
const GRACE = 2_000;

/**
 * P7: what is asked with a session after its end was acknowledged is refused, and nothing that was said two seconds
 * later reaches its sockets. Compared by when it was said: what was on its way before may arrive late.
 */
export function revokedIsOut(history: Sorted): Violation[] {
  const ends = new Map<string, Operation>();
  const saidAt = new Map<string, number>();
  for (const each of history.operations) {
    if (each.act === 'sign-out' && each.outcome !== 'info') ends.set(each.proc, each);
    if (each.canary === undefined) continue;
    saidAt.set(each.canary, Math.min(each.start, saidAt.get(each.canary) ?? Number.POSITIVE_INFINITY));
  }
  const violations: Violation[] = [];
  for (const each of history.operations) {
    const end = ends.get(each.proc);
    if (end === undefined || each.act === 'sign-out' || each.outcome !== 'ok' || each.start < end.end) continue;
    violations.push({ rule: 'P7', says: `${each.proc} was signed out, asked for ${each.act}, and was answered` });
  }
  for (const each of history.sightings) {
    const end = ends.get(each.proc);
    if (end === undefined || each.path !== 'live') continue;
    const late = each.canaries.find((canary) => (saidAt.get(canary) ?? 0) > end.end + GRACE);
    if (late === undefined) continue;
    violations.push({ rule: 'P7', says: `${each.proc} was signed out and still heard ${late} of ${each.room}` });
    ends.delete(each.proc);
  }
  return violations;
}
