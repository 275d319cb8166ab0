import type { Involvement, RoomId, SessionId, UserId } from '@rill/protocol';

/** What a user's other devices must learn. Ids and numbers only: who reads it loads what it names. */
export type LineEntry =
  | { readonly kind: 'room.added' | 'room.gone'; readonly room: RoomId }
  | { readonly kind: 'room.read'; readonly room: RoomId; readonly readSeq: number; readonly unread: number }
  | { readonly kind: 'message.hidden'; readonly room: RoomId; readonly seq: number; readonly unread: number }
  | { readonly kind: 'room.involvement'; readonly room: RoomId; readonly involvement: Involvement }
  | { readonly kind: 'me.changed' }
  | { readonly kind: 'sessions.ended'; readonly sessions: readonly SessionId[] | 'all'; readonly except?: SessionId };

/** A user's own line and the index of the user's rooms. */
export interface UserLine {
  /** Rooms the user may be in: a superset of the truth, which is the members of each room. */
  rooms(user: UserId): Promise<RoomId[]>;
  /** Notes a room before the membership is written, silently. Refuses `too_many_rooms`, and `not_found` for no such active user. */
  holdRoom(user: UserId, room: RoomId): Promise<void>;
  /** Forgets a room after the membership is gone. */
  dropRoom(user: UserId, room: RoomId): Promise<void>;
  /** Raises the line's rev and publishes the entry, in one function. Answers the rev. */
  tell(user: UserId, entry: LineEntry): Promise<number>;
  subscribe(user: UserId, listener: (rev: number, entry: LineEntry) => void): Promise<() => Promise<void>>;
  /** Number of the line's last entry; 0 for nobody. */
  rev(user: UserId): Promise<number>;
}
