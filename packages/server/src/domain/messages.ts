import type {
  Edit,
  EditBody,
  Events,
  EventsQuery,
  Limits,
  Message,
  Page,
  PageQuery,
  RemoveBody,
  RoomId,
  SendBody,
  UserId,
} from '@rill/protocol';
import type { Clock } from '../clock.ts';
import type { AuditLog } from '../store/audit.ts';
import type { RoomFeed } from '../store/room-feed.ts';
import type { PageFrom, RoomLog, StoredMessage } from '../store/room-log.ts';
import { storedMessage } from '../store/rows.ts';
import type { UserLine } from '../store/user-line.ts';
import type { Pace } from './pace.ts';
import { Refusal } from './refusal.ts';
import { seenBy, withRecallUntil } from './sight.ts';
import { readLine, readText } from './text.ts';
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

export interface MessagesParts {
  readonly log: RoomLog;
  readonly feed: RoomFeed;
  readonly line: UserLine;
  readonly audit: AuditLog;
  /** Of each sender. */
  readonly pace: Pace<UserId>;
  readonly limits: Limits;
  readonly clock: Clock;
}

export function createMessages({ log, feed, line, audit, pace, limits, clock }: MessagesParts): Messages {
  /** The asking user's copy: an author is told until when a recall is possible. */
  function copyFor(who: Who, { message, recallUntil }: StoredMessage): Message {
    if (message.kind !== 'text' || message.author !== who.user) return message;
    return withRecallUntil(message, recallUntil, clock.now());
  }

  return {
    async send(who, room, { nonce, text }) {
      readText(text, limits);
      pace.take(who.user);
      const said = { room, user: who.user, nonce, text, now: clock.now(), perSecond: limits.roomSendsPerSecond };
      const stored = await log.send(said);
      return { message: copyFor(who, stored), again: stored.again };
    },

    async edit(who, room, seq, { text, rev }) {
      readText(text, limits);
      pace.take(who.user);
      const windows = { windowSeconds: limits.editSeconds, mostEdits: limits.editsPerMessage };
      const edited = await log.edit({ room, user: who.user, seq, text, rev, now: clock.now(), ...windows });
      return copyFor(who, edited);
    },

    async recall(who, room, seq) {
      return copyFor(who, await log.recall(who.user, room, seq, clock.now()));
    },

    async hide(who, room, seq) {
      const { message, unread } = await log.hide(who.user, room, seq);
      // Told at a repeat too: the first time it may have been stored and not told.
      await line.tell(who.user, { kind: 'message.hidden', room, seq, unread });
      return message;
    },

    async remove(who, room, seq, { reason }) {
      const why = readLine(reason ?? '', 'reason', limits.reasonMax);
      const now = clock.now();
      const removed = await log.remove(who.user, room, seq, why, now);
      if (removed.changed) {
        await audit.add({ at: now, actor: who.user, act: 'message.removed', target: room, detail: String(seq) });
      }
      return copyFor(who, removed);
    },

    async one(who, room, seq) {
      return copyFor(who, await log.one(who.user, room, seq));
    },

    edits: (who, room, seq) => log.edits(who.user, room, seq),

    async page(who, room, query) {
      const limit = Math.min(query.limit ?? limits.pageDefault, limits.pageMax);
      const { messages, recallSeconds, ...heads } = await log.page(who.user, room, pageFrom(query), limit);
      const copies = messages.map((message) =>
        message.kind === 'text' && message.author === who.user
          ? copyFor(who, storedMessage(message, recallSeconds))
          : message,
      );
      return { messages: copies, ...heads };
    },

    async events(who, room, { after, epoch, limit }) {
      const most = Math.min(limit ?? limits.feedMax, limits.feedMax);
      const page = await feed.after(who.user, room, epoch ? { rev: after, epoch } : { rev: after }, most);
      if (page === 'no_room') throw new Refusal('not_found');
      if (page === 'resync') throw new Refusal('cursor_too_old');
      const onlooker = { user: who.user, fromSeq: page.fromSeq };
      const now = clock.now();
      return {
        events: page.events.map((each) => ({ rev: each.rev, event: seenBy(onlooker, each, now) })),
        rev: page.rev,
        epoch: page.epoch,
      };
    },
  };
}

function pageFrom({ before, after, around }: PageQuery): PageFrom {
  const given = [
    before === undefined ? undefined : ({ at: 'before', seq: before } as const),
    after === undefined ? undefined : ({ at: 'after', seq: after } as const),
    around === undefined ? undefined : ({ at: 'around', seq: around } as const),
  ].filter((each) => each !== undefined);
  if (given.length > 1) throw new Refusal('bad_request', { detail: 'Give one of before, after and around.' });
  return given[0] ?? { at: 'newest' };
}
