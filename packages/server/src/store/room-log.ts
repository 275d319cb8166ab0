import type { Edit, Epoch, Message, Nonce, RoomId, UserId } from '@rill/protocol';
import type { NonceHashes } from './nonces.ts';
import { field } from './replies.ts';
import type { RoomCalls } from './room-calls.ts';
import { messageOf, type StoredMessage, storedMessage, timeOf } from './rows.ts';

export type { StoredMessage };

/** A stretch of history: every seq of it, ascending; `seq` and `rev` are the room's heads. */
export interface LogPage {
  readonly messages: readonly Message[];
  readonly seq: number;
  readonly rev: number;
  readonly epoch: Epoch;
  /** The room's window for recalling, in seconds. */
  readonly recallSeconds: number;
}

/** From where a page is asked. */
export type PageFrom = { readonly at: 'newest' } | { readonly at: 'before' | 'after' | 'around'; readonly seq: number };

export interface ImportedLine {
  readonly nonce: Nonce;
  /** IMPORTED_AUTHOR where the writer has no account. */
  readonly author: UserId;
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

/**
 * A room's messages. Every call names who asks; whoever is no member is refused `not_found`, as for a room that does
 * not exist. Rights and windows are checked inside the functions; `now` is the server's clock in ms.
 */
export interface RoomLog {
  send(said: {
    readonly room: RoomId;
    readonly user: UserId;
    readonly nonce: Nonce;
    readonly text: string;
    readonly now: number;
    /** Messages a second in this room, all senders together. */
    readonly perSecond: number;
  }): Promise<StoredMessage & { readonly again: boolean }>;
  import(brought: {
    readonly room: RoomId;
    readonly user: UserId;
    readonly now: number;
    readonly lines: readonly ImportedLine[];
  }): Promise<{ readonly stored: number; readonly again: number; readonly seq: number }>;
  page(user: UserId, room: RoomId, from: PageFrom, limit: number): Promise<LogPage>;
  /** One message; `not_found` beyond the head and before the user's time. */
  one(user: UserId, room: RoomId, seq: number): Promise<StoredMessage>;
  edit(edit: {
    readonly room: RoomId;
    readonly user: UserId;
    readonly seq: number;
    readonly text: string;
    readonly now: number;
    /** Only if the message has not changed after this rev. */
    readonly rev?: number | undefined;
    readonly windowSeconds: number;
    readonly mostEdits: number;
  }): Promise<StoredMessage>;
  /** Every version, the original first. */
  edits(user: UserId, room: RoomId, seq: number): Promise<Edit[]>;
  recall(user: UserId, room: RoomId, seq: number, now: number): Promise<StoredMessage>;
  /** `changed` is false when it had been hidden before. */
  hide(user: UserId, room: RoomId, seq: number): Promise<{ message: Message; unread: number; changed: boolean }>;
  /** `changed` is false when it had been removed before. */
  remove(
    user: UserId,
    room: RoomId,
    seq: number,
    reason: string,
    now: number,
  ): Promise<StoredMessage & { readonly changed: boolean }>;
}

const PAGE_HEAD = 5;

export function createRoomLog({ calls, nonces }: { calls: RoomCalls; nonces: NonceHashes }): RoomLog {
  const stored = (room: RoomId, reply: readonly string[]): StoredMessage =>
    storedMessage(messageOf(room, field(reply, 2)), Number(field(reply, 1)));

  async function read(user: UserId, room: RoomId, mode: string, seq: number, limit: number): Promise<LogPage> {
    const reply = await calls.read('room_page', room, [user, mode, seq, limit]);
    const messages: Message[] = [];
    for (let at = PAGE_HEAD; at < reply.length; at += 1) messages.push(messageOf(room, field(reply, at)));
    return {
      messages,
      seq: Number(field(reply, 2)),
      rev: Number(field(reply, 3)),
      // Our own function wrote it.
      epoch: field(reply, 1) as Epoch,
      recallSeconds: Number(field(reply, 4)),
    };
  }

  return {
    async send({ room, user, nonce, text, now, perSecond }) {
      const hashes = nonces.of(room, user, nonce, text);
      const reply = await calls.call('room_send', room, [user, now, nonce, ...hashes, perSecond, text]);
      return { ...stored(room, reply), again: reply[0] === 'again' };
    },
    async import({ room, user, now, lines }) {
      const args = lines.flatMap(({ nonce, author, name, at, text }) => [
        ...nonces.of(room, user, nonce, `${at} ${name} ${text}`),
        author,
        name,
        at,
        text,
      ]);
      const reply = await calls.call('room_import', room, [user, now, ...args]);
      return { stored: Number(field(reply, 1)), again: Number(field(reply, 2)), seq: Number(field(reply, 3)) };
    },
    page: (user, room, from, limit) => read(user, room, from.at, from.at === 'newest' ? 0 : from.seq, limit),
    async one(user, room, seq) {
      const { messages, recallSeconds } = await read(user, room, 'one', seq, 1);
      const [message] = messages;
      if (!message) throw new TypeError('room_page gave no message');
      return storedMessage(message, recallSeconds);
    },
    async edit({ room, user, seq, text, now, rev, windowSeconds, mostEdits }) {
      const args = [user, now, seq, text, rev ?? '', windowSeconds * 1_000, mostEdits];
      return stored(room, await calls.call('room_edit', room, args));
    },
    async edits(user, room, seq) {
      const [, ...versions] = await calls.read('room_edits', room, [user, seq]);
      return versions.map((version) => {
        const at = version.indexOf('\0');
        return { text: version.slice(at + 1), at: timeOf(version.slice(0, at)) };
      });
    },
    async recall(user, room, seq, now) {
      return stored(room, await calls.call('room_recall', room, [user, now, seq]));
    },
    async hide(user, room, seq) {
      const reply = await calls.call('room_hide', room, [user, seq]);
      return {
        message: messageOf(room, field(reply, 2)),
        unread: Number(field(reply, 1)),
        changed: reply[0] === 'ok',
      };
    },
    async remove(user, room, seq, reason, now) {
      const reply = await calls.call('room_remove', room, [user, now, seq, reason]);
      return { ...stored(room, reply), changed: reply[0] === 'ok' };
    },
  };
}
