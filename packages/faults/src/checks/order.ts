import type { Sorted } from '../history/history.ts';
import type { Operation, Sighting, Violation } from '../history/record.ts';

/**
 * I4, P3: within one epoch a seq is one message and a rev is one event, for every observer on every path. What a
 * failover takes back was never acknowledged, and its numbers are given again in the next epoch.
 */
export function oneOrder(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  const messages = new Map<string, string>();
  const events = new Map<string, string>();
  for (const each of history.sightings) {
    if (each.seq !== undefined && each.author !== undefined) {
      agree(messages, `${each.room} ${each.epoch} seq ${each.seq}`, each.author, 'I4', each, violations);
    }
    if (each.rev !== undefined && each.event !== undefined && each.event !== 'unseen') {
      const event = `${each.event} ${each.seq ?? ''} ${each.subject ?? ''}`;
      agree(events, `${each.room} ${each.epoch} rev ${each.rev}`, event, 'I4', each, violations);
    }
  }
  return violations;
}

function agree(
  known: Map<string, string>,
  what: string,
  is: string,
  rule: string,
  seen: Sighting,
  violations: Violation[],
): void {
  const before = known.get(what);
  if (before === undefined) known.set(what, is);
  else if (before !== is) violations.push({ rule, says: `${what} is «${before}», and «${is}» for ${seen.proc}` });
}

/** I5, P4: on one connection every rev follows the one before, or a resync was told; none comes twice (I3). */
export function noHoles(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  for (const [proc, line] of history.lines) {
    const cursors = new Map<string, { epoch: string; rev: number }>();
    for (const each of line) {
      if (each.is === 'turn') {
        if (each.what === 'attached' || each.what === 'resync')
          cursors.set(each.room, { epoch: each.epoch, rev: each.rev });
        else if (each.what === 'left') cursors.delete(each.room);
        else cursors.clear();
        continue;
      }
      if (each.path !== 'live' || each.rev === undefined) continue;
      const cursor = cursors.get(each.room);
      const due = cursor === undefined ? undefined : cursor.rev + 1;
      // The user's own line, which comes from elsewhere, may have told of the removal before the room did.
      if (cursor === undefined && each.event === 'member.left' && each.subject === each.user) continue;
      if (cursor === undefined) {
        violations.push({ rule: 'I5', says: `${proc} got rev ${each.rev} of ${each.room} without being attached` });
      } else if (cursor.epoch !== each.epoch) {
        violations.push({
          rule: 'I5',
          says: `${proc} went from epoch ${cursor.epoch} to ${each.epoch} without a resync`,
        });
      } else if (due !== undefined && each.rev !== due) {
        const rule = each.rev < due ? 'I3' : 'I5';
        violations.push({ rule, says: `${proc} got rev ${each.rev} of ${each.room} where ${due} was due` });
      }
      cursors.set(each.room, { epoch: each.epoch, rev: each.rev });
    }
  }
  return violations;
}

/** P3: within one observer a message's content never goes back to an older version. */
export function neverOlder(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  for (const [proc, line] of history.lines) {
    const versions = new Map<string, number>();
    for (const each of line) {
      if (each.is !== 'sighting' || each.path !== 'page' || each.seq === undefined || each.version === undefined)
        continue;
      const key = `${each.room} ${each.epoch} ${each.seq}`;
      const before = versions.get(key) ?? 0;
      if (each.version < before) {
        violations.push({ rule: 'I4', says: `${proc} saw ${key} at version ${before} and then at ${each.version}` });
      }
      versions.set(key, Math.max(before, each.version));
    }
  }
  return violations;
}

/** I6: what was acknowledged before another send began stands before it; so does each sender's own order. */
export function realTime(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  const rooms = new Map<string, Operation[]>();
  for (const each of history.operations) {
    if (each.act !== 'send' || each.outcome !== 'ok' || each.seq === undefined) continue;
    const sends = rooms.get(each.room) ?? [];
    sends.push(each);
    rooms.set(each.room, sends);
  }
  for (const [room, sends] of rooms) {
    // The first answer of a nonce is what made it; later ones only repeat it.
    const first = new Map<string, Operation>();
    for (const send of sends) {
      const key = `${send.user} ${send.key}`;
      const before = first.get(key);
      if (before === undefined || send.end < before.end) first.set(key, send);
    }
    const begun = firstTries(history, room);
    const byEnd = [...first.values()].sort((a, b) => a.end - b.end);
    const byStart = [...first.values()]
      .map((send) => ({ send, start: begun.get(`${send.user} ${send.key}`) ?? send.start }))
      .sort((a, b) => a.start - b.start);
    let ended = 0;
    let highest: Operation | undefined;
    for (const { send, start } of byStart) {
      for (; ended < byEnd.length; ended += 1) {
        const done = byEnd[ended];
        if (done === undefined || done.end >= start) break;
        if (highest === undefined || (done.seq ?? 0) > (highest.seq ?? 0)) highest = done;
      }
      if (highest !== undefined && highest !== send && (highest.seq ?? 0) > (send.seq ?? 0)) {
        violations.push({
          rule: 'I6',
          says: `${room}/${send.seq} began after ${room}/${highest.seq} was acknowledged`,
        });
      }
    }
  }
  return violations;
}

/** When the first try of each nonce began: a message may have been stored by a try that got no answer. */
function firstTries(history: Sorted, room: string): Map<string, number> {
  const begun = new Map<string, number>();
  for (const each of history.operations) {
    if (each.act !== 'send' || each.room !== room || each.key === undefined) continue;
    const key = `${each.user} ${each.key}`;
    begun.set(key, Math.min(begun.get(key) ?? Number.POSITIVE_INFINITY, each.start));
  }
  return begun;
}
