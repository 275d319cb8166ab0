import type { Nonce, RoomId, UserId } from '@rill/protocol';
import type { OutboxItem } from './api/outbox.ts';
import type { Clock } from './clock.ts';
import type { MessageCalls } from './rest/messages.ts';
import type { RoomCalls } from './rest/rooms.ts';

/** What every room of this client shares. */
export interface Context {
  readonly clock: Clock;
  readonly random: () => number;
  /** At most so many messages of a room in memory. */
  readonly loaded: number;
  readonly me: () => UserId | undefined;
  readonly rooms: RoomCalls;
  readonly messages: MessageCalls;
  readonly outbox: {
    /** What was asked in a room and is not confirmed. */
    of(room: RoomId): readonly OutboxItem[];
    /** One's own message came by the feed. */
    arrived(nonce: Nonce): void;
    /** Every event of the room up to `rev` is applied. */
    reached(room: RoomId, rev: number): void;
  };
  readonly attention: {
    open(room: RoomId): void;
    close(room: RoomId): void;
  };
  /** A room is not as it was. */
  changed(room: RoomId): void;
  /** A room has what its line had to replay. */
  caughtUp(): void;
}
