import type { Sorted } from '../history/history.ts';
import type { Entry, Operation, Violation } from '../history/record.ts';

const key = (each: { room: string; seq?: number }): string => `${each.room}/${each.seq ?? '?'}`;

/** Which canaries each message ever had: its first text's and its edits'. */
function canariesOf(history: Sorted): Map<string, Set<string>> {
  const canaries = new Map<string, Set<string>>();
  for (const each of history.operations) {
    if ((each.act !== 'send' && each.act !== 'edit') || each.canary === undefined || each.seq === undefined) continue;
    const known = canaries.get(key(each)) ?? new Set();
    known.add(each.canary);
    canaries.set(key(each), known);
  }
  return canaries;
}

/**
 * I8, P6: once a recall or removal is acknowledged, no request that begins later gives any of the message's
 * texts; and on a live connection no text comes after the recall that was told there.
 */
export function recalledIsGone(history: Sorted): Violation[] {
  const gone = history.operations.filter(
    (each): each is Operation => (each.act === 'recall' || each.act === 'remove') && each.outcome === 'ok',
  );
  const canaries = canariesOf(history);
  const goneAt = new Map<string, number>();
  for (const each of gone) {
    for (const canary of canaries.get(key(each)) ?? []) {
      goneAt.set(canary, Math.min(goneAt.get(canary) ?? Number.POSITIVE_INFINITY, each.end));
    }
  }
  const violations: Violation[] = [];
  for (const each of history.sightings) {
    if (each.path === 'live') continue;
    const seen = each.canaries.find((canary) => each.start > (goneAt.get(canary) ?? Number.POSITIVE_INFINITY));
    if (seen !== undefined) {
      violations.push({ rule: 'I8', says: `${each.proc} got ${seen} by ${each.path} after ${key(each)} was recalled` });
    }
  }
  violations.push(...followsItsRecall(history));
  return violations;
}

function followsItsRecall(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  for (const [proc, line] of history.lines) {
    const told = new Set<string>();
    for (const each of line) {
      if (each.is === 'turn' || each.path !== 'live' || each.seq === undefined) continue;
      const recall = each.event === 'message.recalled' || each.event === 'message.removed';
      if (recall && each.canaries.length > 0) {
        violations.push({ rule: 'I8', says: `${proc} got the text of ${key(each)} with its recall` });
      }
      if (each.state === 'recalled' || each.state === 'removed') told.add(key(each));
      else if (told.has(key(each)) && each.canaries.length > 0) {
        violations.push({ rule: 'I8', says: `${proc} got the text of ${key(each)} after its recall` });
      }
    }
  }
  return violations;
}

/**
 * Every text that ever stood in a message whose recall or removal was acknowledged. Where a failover took a message back
 * that nobody had acknowledged, another one stands under its seq: a text that was acknowledged elsewhere is of there.
 */
export function canariesOfRecalled(entries: readonly Entry[]): Set<string> {
  const gone = new Set<string>();
  const homes = new Map<string, string>();
  for (const each of entries) {
    if (each.is !== 'operation' || each.outcome !== 'ok') continue;
    if (each.act === 'recall' || each.act === 'remove') gone.add(key(each));
    if (each.canary !== undefined && each.seq !== undefined) homes.set(each.canary, key(each));
  }
  const found = new Set<string>();
  for (const each of entries) {
    if ((each.is !== 'sighting' && each.is !== 'operation') || each.seq === undefined || !gone.has(key(each))) continue;
    const own = each.is === 'sighting' ? each.canaries : each.canary === undefined ? [] : [each.canary];
    for (const canary of own) if ((homes.get(canary) ?? key(each)) === key(each)) found.add(canary);
  }
  return found;
}

/** I8 on disk, I16: none of these strings stands in these bytes (a dump, an append-only file, a log). */
export function holdsNone(bytes: Buffer, secrets: Iterable<string>, where: string, rule: 'I8' | 'I16'): Violation[] {
  const violations: Violation[] = [];
  for (const secret of secrets) {
    if (bytes.includes(secret)) violations.push({ rule, says: `${where} holds ${secret}` });
  }
  return violations;
}
