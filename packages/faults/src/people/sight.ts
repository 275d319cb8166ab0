import { isReadable, isRecalled, isRemoved, type Message, type RoomEvent } from '@rill/protocol';
import type { Sighting } from '../history/record.ts';

/** In what state a message is shown. */
export function stateOf(message: Message): NonNullable<Sighting['state']> {
  if (isReadable(message)) return 'text';
  if (isRecalled(message)) return 'recalled';
  if (isRemoved(message)) return 'removed';
  return message.kind;
}

type Seen = Pick<Sighting, 'event' | 'subject' | 'seq' | 'version' | 'author' | 'state'>;

/** What a history keeps of a message. */
export function messageSeen(message: Message): Seen {
  const author = 'author' in message ? { author: message.author } : {};
  return { seq: message.seq, version: message.rev, state: stateOf(message), ...author };
}

/** What a history keeps of an event. */
export function eventSeen(event: RoomEvent): Seen {
  if (event.kind === 'unseen') return { event: 'unseen', state: 'unseen' };
  const message = 'message' in event && event.message !== undefined ? messageSeen(event.message) : {};
  return { event: event.kind, ...subjectOf(event), ...message };
}

function subjectOf(event: RoomEvent): { subject?: string } {
  switch (event.kind) {
    case 'member.joined':
      return { subject: event.member.user };
    case 'member.left':
    case 'member.changed':
      return { subject: event.user };
    default:
      return {};
  }
}
