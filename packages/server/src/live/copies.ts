import type { RoomEvent, UserId } from '@rill/protocol';
import { seenBy } from '../domain/sight.ts';
import type { FeedEvent } from '../store/room-feed.ts';
import { Parcel } from './parcel.ts';

const WHOLE = 1;

/** One event in the copies in which it leaves: one for all, and another only for whom it looks different. */
export class Copies {
  readonly feed: FeedEvent;
  #plain: string | undefined;

  constructor(feed: FeedEvent) {
    this.feed = feed;
  }

  /** As an ordinary member gets it: encoded once. */
  get plain(): string {
    this.#plain ??= frame(this.feed, this.feed.event);
    return this.#plain;
  }

  /** As this member gets it: the plain copy itself where nothing differs. */
  seenBy(user: UserId, fromSeq: number | undefined, now: number): string {
    const event = seenBy({ user, fromSeq: fromSeq ?? WHOLE }, this.feed, now);
    return event === this.feed.event ? this.plain : frame(this.feed, event);
  }

  /** Whether it ends this user's membership. */
  endsMembershipOf(user: UserId): boolean {
    const { event } = this.feed;
    return event.kind === 'member.left' && event.user === user;
  }
}

function frame(feed: FeedEvent, event: RoomEvent): string {
  const { room, rev, epoch } = feed;
  return `{"type":"event","room":"${room}","rev":${rev},"epoch":"${epoch}","event":${JSON.stringify(event)}}`;
}

/** Events on their way to many: one parcel for all, and one for each user who sees any of them otherwise. */
export class Batch {
  readonly copies: readonly Copies[];
  readonly #late: ReadonlyMap<UserId, number>;
  /** The time for which it is encoded: what may still be recalled depends on it. */
  readonly now: number;
  readonly #special = new Map<UserId, Parcel | undefined>();
  #plain: Parcel | undefined;

  /** `late` says from which seq on members see who do not see all. */
  constructor(copies: readonly Copies[], late: ReadonlyMap<UserId, number>, now: number) {
    this.copies = copies;
    this.#late = late;
    this.now = now;
    let lowest = Number.POSITIVE_INFINITY;
    for (const { feed } of copies) {
      if (feed.seq === undefined) continue;
      if (feed.seq < lowest) lowest = feed.seq;
      if (feed.author !== undefined && (feed.nonce ?? feed.recallUntil) !== undefined) {
        this.#special.set(feed.author, undefined);
      }
      for (const user of feed.hiddenFor ?? []) this.#special.set(user, undefined);
    }
    for (const [user, fromSeq] of late) if (lowest < fromSeq) this.#special.set(user, undefined);
  }

  get first(): number {
    return this.copies[0]?.feed.rev ?? 0;
  }

  get last(): number {
    return this.copies.at(-1)?.feed.rev ?? 0;
  }

  parcelFor(user: UserId): Parcel {
    if (!this.#special.has(user)) {
      this.#plain ??= new Parcel(this.copies.map((each) => each.plain));
      return this.#plain;
    }
    let own = this.#special.get(user);
    if (own === undefined) {
      const fromSeq = this.#late.get(user);
      own = new Parcel(this.copies.map((each) => each.seenBy(user, fromSeq, this.now)));
      this.#special.set(user, own);
    }
    return own;
  }
}
