import type { RoomFeed } from '../store/room-feed.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Hubs } from './hubs.ts';
import { Limiter } from './limiter.ts';
import type { People } from './people.ts';

const LOOK_MS = 250;
const CHECK_MS = 5_000;
/** An event may still be on its way when the tick that counts it is read. */
const GRACE_MS = 1_000;
const RETRY_MS = 500;
const READS_AT_ONCE = 64;

/** The link over which Redis tells this node what happens. */
export interface Link {
  subscriberAlive(): boolean;
  onResubscribed(listener: () => void): () => void;
}

export interface PositionsParts {
  readonly feed: RoomFeed;
  readonly line: UserLine;
  readonly link: Link;
  readonly hubs: Hubs;
  readonly people: () => People;
  readonly onReopened: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * Knows whether this node has heard everything. The link carries each thing once at most: so heads are compared every
 * few seconds, and when the link may have been silent nothing is sent until rights and positions were read again.
 */
export interface Positions {
  /** Whether anything may be sent. Asked before each turn writes, so that a node that slept notices first. */
  mayWrite(): boolean;
  stop(): void;
}

export function createPositions(parts: PositionsParts): Positions {
  const limiter = new Limiter(READS_AT_ONCE);
  let ticks: readonly number[] = [];
  let open = false;
  let reading = false;
  let again = false;
  let stopped = false;
  let checkedAt = performance.now();

  function mayWrite(): boolean {
    if (open && !parts.link.subscriberAlive()) open = false;
    return open;
  }

  /** Reads what may have been missed; the gate opens only if the link was heard all the while. */
  async function reopen(): Promise<void> {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        await Promise.all([checkRights(), checkHeads(0)]);
      } while (again && !stopped);
      if (stopped || !parts.link.subscriberAlive()) return;
      open = true;
      parts.onReopened();
    } catch (error) {
      parts.onFault(error);
      // look() tries again while the gate is shut.
    } finally {
      reading = false;
    }
  }

  async function checkRights(): Promise<void> {
    const people = [...parts.people().all()];
    await Promise.all(
      people.map((person) =>
        limiter.run(async () => {
          const known = person.rev;
          // Still being welcomed: that reads everything anyway.
          if (known !== undefined && (await parts.line.rev(person.user)) > (person.rev ?? known)) person.stale();
        }),
      ),
    );
  }

  async function checkHeads(graceMs: number): Promise<void> {
    checkedAt = performance.now();
    const answer = await parts.feed.ticks(ticks);
    ticks = answer.ticks;
    const compare = () => {
      for (const { room, rev, epoch } of answer.rooms) parts.hubs.check(room, { rev, epoch });
      // Where nobody has said anything a log may have another life all the same.
      for (const { room } of parts.hubs.all()) {
        const epoch = answer.epochOf(room);
        if (epoch !== undefined) parts.hubs.check(room, { rev: 0, epoch });
      }
    };
    if (graceMs === 0) compare();
    else setTimeout(compare, graceMs).unref();
  }

  let retryAt = 0;
  function look(): void {
    const now = performance.now();
    if (!mayWrite()) {
      if (reading || now < retryAt || !parts.link.subscriberAlive()) return;
      retryAt = now + RETRY_MS;
      void reopen();
    } else if (now - checkedAt >= CHECK_MS) checkHeads(GRACE_MS).catch(parts.onFault);
  }

  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  const forget = parts.link.onResubscribed(() => {
    open = false;
    void reopen();
  });
  look();
  return {
    mayWrite,
    stop() {
      stopped = true;
      clearInterval(timer);
      forget();
    },
  };
}
