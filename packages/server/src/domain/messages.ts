import type {
  Edit,
  EditBody,
  Events,
  EventsQuery,
  Message,
  Page,
  PageQuery,
  RemoveBody,
  RoomId,
  SendBody,
} from '@rill/protocol';
import type { Who } from './who.ts';

/** What is said in rooms. Every call is in somebody's name, and whoever is no member is told `not_found`. */
export interface Messages {
  /** Stores a message once a (room, sender, nonce); `again` when it had been stored before: then as it now is. */
  send(who: Who, room: RoomId, body: SendBody): Promise<{ message: Message; again: boolean }>;
  edit(who: Who, room: RoomId, seq: number, body: EditBody): Promise<Message>;
  /** 撤回: the author takes it back for everybody, within the room's window. Gives the tombstone. */
  recall(who: Who, room: RoomId, seq: number): Promise<Message>;
  /** Deletes it for the caller alone, on all the caller's devices. */
  hide(who: Who, room: RoomId, seq: number): Promise<Message>;
  /** An owner or admin of the room takes it away for everybody. Gives the tombstone. */
  remove(who: Who, room: RoomId, seq: number, body: RemoveBody): Promise<Message>;
  one(who: Who, room: RoomId, seq: number): Promise<Message>;
  /** Every version, the original first. */
  edits(who: Who, room: RoomId, seq: number): Promise<Edit[]>;
  page(who: Who, room: RoomId, query: PageQuery): Promise<Page>;
  /** The feed after a cursor, without holes; `cursor_too_old` where it cannot be whole. */
  events(who: Who, room: RoomId, query: EventsQuery): Promise<Events>;
}
