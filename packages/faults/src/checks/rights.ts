import type { Sorted } from '../history/history.ts';
import type { Violation } from '../history/record.ts';

/** How long after the acknowledgement of a removal anything at all may still reach the removed (ms). */
const GRACE = 10_000;

interface Span {
  /** The rev at which it begins and the one at which it ends, both inside. */
  readonly from: number;
  to: number;
}

/**
 * I7, P5: who was removed sees no event later, by rev, than the removal, on any path; and what a page that
 * began after the acknowledgement tells is nothing.
 */
export function membersOnly(history: Sorted): Violation[] {
  const spans = membershipSpans(history);
  const violations: Violation[] = [];
  for (const each of history.sightings) {
    if (each.rev === undefined || (each.path !== 'live' && each.path !== 'events')) continue;
    const mine = spans.get(`${each.room} ${each.epoch} ${each.user}`);
    if (mine === undefined) continue;
    const { rev } = each;
    if (!mine.some((span) => rev >= span.from && rev <= span.to)) {
      violations.push({
        rule: 'I7',
        says: `${each.proc} (${each.user}) got rev ${rev} of ${each.room}, of which it was no member`,
      });
    }
  }
  violations.push(...readAfterRemoval(history), ...neverLetIn(history));
  return violations;
}

/**
 * Every stretch of revs of an epoch in which a user was a member, as the room's own events tell it. An epoch in which
 * nothing was told of a user says nothing of them.
 */
function membershipSpans(history: Sorted): Map<string, Span[]> {
  const changes = new Map<string, { rev: number; joined: boolean }>();
  for (const each of history.sightings) {
    if (each.rev === undefined || each.subject === undefined) continue;
    if (each.event !== 'member.joined' && each.event !== 'member.left') continue;
    changes.set(`${each.room} ${each.epoch} ${each.subject} ${each.rev}`, {
      rev: each.rev,
      joined: each.event === 'member.joined',
    });
  }
  const sorted = [...changes].sort(([, a], [, b]) => a.rev - b.rev);
  const spans = new Map<string, Span[]>();
  for (const [key, { rev, joined }] of sorted) {
    const who = key.slice(0, key.lastIndexOf(' '));
    let mine = spans.get(who);
    if (mine === undefined) {
      // Whose first event is a leaving was a member from the making of the room on.
      mine = joined ? [] : [{ from: 0, to: Number.POSITIVE_INFINITY }];
      spans.set(who, mine);
    }
    const last = mine.at(-1);
    if (joined) {
      if (last === undefined || last.to < rev) mine.push({ from: rev, to: Number.POSITIVE_INFINITY });
    } else if (last !== undefined && last.to === Number.POSITIVE_INFINITY) last.to = rev;
  }
  return spans;
}

function readAfterRemoval(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  const ends = history.operations.filter((each) => each.act === 'end' && each.outcome === 'ok');
  const joins = history.operations.filter(
    (each) => (each.act === 'add' || each.act === 'join') && each.outcome !== 'fail',
  );
  for (const end of ends) {
    const gone = end.target ?? end.user;
    // A joining that was only under way at the removal may have come after it.
    const back = joins
      .filter((each) => (each.target ?? each.user) === gone && each.room === end.room && each.end > end.start)
      .reduce((soonest, each) => Math.min(soonest, each.start), Number.POSITIVE_INFINITY);
    for (const each of history.sightings) {
      if (each.user !== gone || each.room !== end.room) continue;
      const late = each.path === 'live' ? each.at > end.end + GRACE : each.start > end.end;
      if (late && each.at < back) {
        violations.push({
          rule: 'I7',
          says: `${each.proc} (${gone}) saw ${each.room} by ${each.path} after its removal was acknowledged`,
        });
        break;
      }
    }
  }
  return violations;
}

/** Whoever was never let into a room has seen nothing of it. */
function neverLetIn(history: Sorted): Violation[] {
  const letIn = new Set<string>();
  for (const each of history.operations) {
    if ((each.act === 'add' || each.act === 'join') && each.outcome !== 'fail') {
      letIn.add(`${each.room} ${each.target ?? each.user}`);
    }
  }
  const violations = new Map<string, Violation>();
  for (const each of history.sightings) {
    const who = `${each.room} ${each.user}`;
    if (letIn.has(who) || violations.has(who)) continue;
    violations.set(who, {
      rule: 'I7',
      says: `${each.proc} (${each.user}) saw ${each.room} by ${each.path}, where it never was`,
    });
  }
  return [...violations.values()];
}

/** I13: a room has an owner in every reading. */
export function alwaysAnOwner(history: Sorted): Violation[] {
  return history.readings
    .filter((each) => each.owners !== undefined && each.owners < 1)
    .map((each) => ({ rule: 'I13', says: `${each.room} had no owner when ${each.proc} read it` }));
}

/** P10: the badge and the list that explains it are equal, wherever both were read at rest. */
export function countsTrue(history: Sorted): Violation[] {
  return history.readings
    .filter((each) => each.final && each.unread !== each.unreadListed)
    .map((each) => ({
      rule: 'I10',
      says: `${each.user} has ${each.unread} unread in ${each.room} and the list shows ${each.unreadListed}`,
    }));
}
