import type { Sorted } from '../history/history.ts';
import type { Operation, Sighting, Violation } from '../history/record.ts';

const place = (each: { room: string; seq?: number }): string => `${each.room}/${each.seq ?? '?'}`;

const textSends = (history: Sorted): Operation[] =>
  history.operations.filter((each) => each.act === 'send' && each.key !== undefined);

/** The final pages, and nothing else: what is there after everything has healed. */
function finalMessages(history: Sorted): Map<string, Sighting> {
  const finals = new Set(history.readings.filter((each) => each.final).map((each) => each.proc));
  const messages = new Map<string, Sighting>();
  for (const each of history.sightings) {
    // Who hid a message sees only its number; somebody else's page tells what it is.
    if (!finals.has(each.proc) || each.path !== 'page' || each.state === 'hidden') continue;
    messages.set(place(each), each);
  }
  return messages;
}

/** I1, P1: what was acknowledged is in the final history, at the seq that was told. */
export function lostAcks(history: Sorted): Violation[] {
  const kept = finalMessages(history);
  const violations: Violation[] = [];
  for (const send of textSends(history)) {
    if (send.outcome !== 'ok') continue;
    const message = kept.get(place(send));
    if (message === undefined)
      violations.push({ rule: 'I1', says: `${send.key} was acknowledged as ${place(send)} and is not there` });
    else if (message.author !== send.user) {
      violations.push({
        rule: 'I1',
        says: `${place(send)} was acknowledged to ${send.user} and is by ${message.author}`,
      });
    } else if (message.state === 'text' && send.canary !== undefined && !holdsVersionOf(history, message, send)) {
      violations.push({ rule: 'I1', says: `${place(send)} does not hold what ${send.key} sent` });
    }
  }
  return violations;
}

/** Whether a text is the one sent, or one that an edit of the same message may have put there. */
function holdsVersionOf(history: Sorted, message: Sighting, send: Operation): boolean {
  if (send.canary !== undefined && message.canaries.includes(send.canary)) return true;
  return history.operations.some(
    (each) =>
      each.act === 'edit' &&
      each.outcome !== 'fail' &&
      each.room === send.room &&
      each.seq === send.seq &&
      each.canary !== undefined &&
      message.canaries.includes(each.canary),
  );
}

/** I2: nothing is seen that nobody sent, or whose every try was refused. */
export function phantoms(history: Sorted): Violation[] {
  const invoked = new Set<string>();
  for (const each of history.operations) {
    if (each.canary !== undefined && each.outcome !== 'fail') invoked.add(each.canary);
  }
  const violations: Violation[] = [];
  const told = new Set<string>();
  for (const each of history.sightings) {
    for (const canary of each.canaries) {
      if (invoked.has(canary) || told.has(canary)) continue;
      told.add(canary);
      violations.push({ rule: 'I2', says: `${canary} was seen at ${place(each)} and was never taken from anybody` });
    }
  }
  return violations;
}

/** I3, P2: one message per nonce; every acknowledgement of it names the same one. I11: also after a 503. */
export function doubles(history: Sorted): Violation[] {
  const seqOfKey = new Map<string, string>();
  const violations: Violation[] = [];
  for (const send of textSends(history)) {
    if (send.outcome !== 'ok' || send.key === undefined) continue;
    const key = `${send.room} ${send.user} ${send.key}`;
    const before = seqOfKey.get(key);
    if (before !== undefined && before !== place(send)) {
      violations.push({ rule: 'I3', says: `${send.key} was acknowledged as ${before} and as ${place(send)}` });
    }
    seqOfKey.set(key, place(send));
  }
  const placesOfCanary = new Map<string, Set<string>>();
  for (const each of history.sightings) {
    if (each.seq === undefined) continue;
    for (const canary of each.canaries) {
      const key = `${canary} in epoch ${each.epoch}`;
      const places = placesOfCanary.get(key) ?? new Set();
      places.add(place(each));
      placesOfCanary.set(key, places);
    }
  }
  for (const [canary, places] of placesOfCanary) {
    if (places.size > 1) violations.push({ rule: 'I3', says: `${canary} stands in ${[...places].join(' and ')}` });
  }
  return violations;
}

/** I9: a page begun after one's own acknowledgement goes at least as far. */
export function ownWritesRead(history: Sorted): Violation[] {
  const violations: Violation[] = [];
  const furthest = new Map<string, Operation[]>();
  for (const send of textSends(history)) {
    if (send.outcome !== 'ok') continue;
    const key = `${send.room} ${send.user}`;
    const sends = furthest.get(key) ?? [];
    sends.push(send);
    furthest.set(key, sends);
  }
  for (const reading of history.readings) {
    for (const send of furthest.get(`${reading.room} ${reading.user}`) ?? []) {
      if (send.end <= reading.start && (send.seq ?? 0) > reading.seq && send.epoch === reading.epoch) {
        violations.push({ rule: 'I9', says: `${reading.proc} read up to ${reading.seq} after its own ${place(send)}` });
      }
    }
  }
  return violations;
}
