import type { Message, Room, RoomEvent, UserId } from '@rill/protocol';
import { readUpTo, said, serverSays, type Unread, uncounted, unreadCount } from './room/unread.ts';

/** A room as its member sees it, with what the count of unread messages is made of. */
export interface RoomRecord {
  readonly room: Room;
  readonly unread: Unread;
}

/** What the server says of a room, as a record. */
export function roomRecord(room: Room): RoomRecord {
  return { room, unread: serverSays(room.readSeq, room.seq, room.unread) };
}

/** The record with another count, shown in its room. */
export function withUnread(record: RoomRecord, unread: Unread): RoomRecord {
  if (unread === record.unread) return record;
  const count = unreadCount(unread);
  const { room } = record;
  const same = room.unread === count && room.readSeq === unread.readSeq;
  return { unread, room: same ? room : { ...room, unread: count, readSeq: unread.readSeq } };
}

/**
 * The record after an event. `counted` says whether a message counted as unread until now, where that is known.
 * Pure; an event the record has already (by rev) changes nothing.
 */
export function applyToRoom(
  record: RoomRecord,
  rev: number,
  event: RoomEvent,
  me: UserId,
  counted?: boolean,
): RoomRecord {
  if (rev <= record.room.rev) return record;
  const { unread } = record;
  let room: Room = { ...record.room, rev };
  if (event.kind === 'unseen') return { room, unread };
  if ('message' in event && event.message !== undefined) room = withMessage(room, event.message);
  switch (event.kind) {
    case 'room.changed': {
      const { name, topic, archived, policies } = event;
      room = {
        ...room,
        ...(name === undefined ? {} : { name }),
        ...(topic === undefined ? {} : { topic }),
        ...(archived === undefined ? {} : { archived }),
        ...(policies === undefined ? {} : { policies }),
      };
      return { room, unread };
    }
    case 'member.joined':
      return { room: { ...room, members: room.members + 1 }, unread };
    case 'member.left':
      return { room: { ...room, members: Math.max(0, room.members - 1) }, unread };
    case 'member.changed':
      return { room: event.user === me ? { ...room, role: event.role } : room, unread };
    case 'message.sent': {
      const { message } = event;
      const own = message.kind !== 'hidden' && message.kind !== 'gone' && message.author === me;
      // Sending marks read. A message that is a tombstone by now never counted here.
      if (own) return withUnread({ room, unread }, readUpTo(unread, message.seq));
      return 'text' in message ? withUnread({ room, unread }, said(unread, message.seq)) : { room, unread };
    }
    case 'message.recalled':
    case 'message.removed':
      return withUnread({ room, unread }, uncounted(unread, event.message.seq, counted));
    default:
      // message.edited, room.created, and kinds of a newer server.
      return { room, unread };
  }
}

/** The room with its newest message, or with the newest as it is now. */
function withMessage(room: Room, message: Message): Room {
  const isLast = message.seq > room.seq;
  const seq = Math.max(room.seq, message.seq);
  if (isLast) return { ...room, seq, last: message, lastAt: 'at' in message ? message.at : room.lastAt };
  if (room.last?.seq === message.seq && message.rev > room.last.rev) return { ...room, last: message };
  return room;
}
