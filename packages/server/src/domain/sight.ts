import type { Message, RoomEvent, UserId } from '@rill/protocol';
import type { FeedEvent } from '../store/room-feed.ts';

/** Who looks, and from which message on they may. */
export interface Onlooker {
  readonly user: UserId;
  readonly fromSeq: number;
}

/**
 * An event as one member sees it: `unseen` where its message lies before their time, hidden where they hid it,
 * with `recallUntil` and `nonce` for the author. Gives the very same object where nothing differs, so that an
 * encoded copy can be shared.
 */
export function seenBy(onlooker: Onlooker, feed: FeedEvent, now: number): RoomEvent {
  const { event, seq } = feed;
  if (seq === undefined || !('message' in event) || event.message === undefined) return event;
  if (seq < onlooker.fromSeq) return { kind: 'unseen' };
  if (feed.hiddenFor?.includes(onlooker.user)) return withMessage(event, hidden(event.message));
  if (feed.author !== onlooker.user) return event;
  const own = event.kind === 'message.sent' && feed.nonce !== undefined ? { ...event, nonce: feed.nonce } : event;
  return withMessage(own, withRecallUntil(event.message, feed.recallUntil, now));
}

/** The author's copy of a message: until when it may be recalled, while it may. */
export function withRecallUntil(message: Message, until: number | undefined, now: number): Message {
  if (until === undefined || until <= now || message.kind !== 'text' || !('text' in message)) return message;
  return { ...message, recallUntil: new Date(until).toISOString() };
}

function hidden(message: Message): Message {
  return { room: message.room, seq: message.seq, rev: message.rev, kind: 'hidden' };
}

function withMessage(event: RoomEvent, message: Message): RoomEvent {
  return event.kind === 'unseen' ? event : { ...event, message };
}
