import type { Limits, UserId } from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { UserSends } from '../store/user-sends.ts';
import { createPace, type Pace } from './pace.ts';

/** How fast a user may do what costs others something. */
export interface UserPaces {
  /** Messages and edits, over all nodes together. */
  readonly sends: Pace<UserId>;
  /** What a room is told of besides: making and changing rooms, coming and going, roles. On each node apart. */
  readonly changes: Pace<UserId>;
  /** Rooms that are read to list them. On each node apart. */
  readonly reads: Pace<UserId>;
}

/** Of changes more may come at once than of messages: whoever has made a room adds people to it. */
const CHANGES_AT_ONCE = 5;
/** A list of few rooms may be asked for again and again, and one of very many by each of somebody's devices at once. */
const READS_PER_SECOND = 2_000;
const READS_AT_ONCE = 20_000;

export function createUserPaces(parts: {
  readonly limits: Pick<Limits, 'sendsPerSecond' | 'sendBurst'>;
  readonly clock: Clock;
  readonly sends: UserSends;
}): UserPaces {
  const { limits, clock, sends } = parts;
  const { sendsPerSecond: perSecond, sendBurst: burst } = limits;
  return {
    sends: createPace({ perSecond, burst, clock, share: sends.add }),
    changes: createPace({ perSecond, burst: CHANGES_AT_ONCE * burst, clock }),
    reads: createPace({ perSecond: READS_PER_SECOND, burst: READS_AT_ONCE, clock }),
  };
}
