import type { Epoch, Imported, Message, Nonce, Role, RoomEvent, RoomId, SystemNote, UserId } from '@rill/protocol';
import { fields } from './replies.ts';
import type { FeedEvent } from './room-feed.ts';

/**
 * The one decoder of what our functions say of messages and events: for pages, for the feed and for what is published.
 * The rows' fields are described in functions/_log.lua and functions/_room.lua, which write them.
 */
export function messageOf(room: RoomId, row: string): Message {
  return messageFrom(room, fields(row), 0);
}

/** A message with until when its author may recall it, ms, while there is anything to recall. */
export interface StoredMessage {
  readonly message: Message;
  readonly recallUntil?: number;
}

export function storedMessage(message: Message, recallSeconds: number): StoredMessage {
  const recallUntil = recallUntilOf(message, recallSeconds);
  return recallUntil === undefined ? { message } : { message, recallUntil };
}

/** Until when its author may recall a message, ms; undefined when there is nothing to recall. */
export function recallUntilOf(message: Message, recallSeconds: number): number | undefined {
  if (recallSeconds <= 0 || message.kind !== 'text' || !('text' in message)) return undefined;
  return Date.parse(message.at) + recallSeconds * 1_000;
}

// Before these stand: epoch rev ms kind actor nonce recall-seconds hidden-for, and five parameters.
const PARAMETERS = 8;
const MESSAGE = 13;
const ID_LENGTH = 10;

/** An event as it was published or read from the feed. */
export function eventOf(room: RoomId, row: string): FeedEvent {
  const all = fields(row);
  const [epoch, rev, ms, kind, actor, nonce, recall, hiddenFor] = all;
  const message = all[MESSAGE] ? messageFrom(room, all, MESSAGE) : undefined;
  const event = eventFrom(
    kind ?? '',
    // Our own functions wrote the ids.
    { actor: actor as UserId, at: timeOf(ms) },
    all.slice(PARAMETERS, MESSAGE),
    message,
  );
  const about = message && message.kind !== 'gone' && message.kind !== 'hidden' ? message.author : undefined;
  const recallUntil = message && recallUntilOf(message, Number(recall));
  return {
    room,
    rev: Number(rev),
    epoch: epoch as Epoch,
    event,
    ...(message && { seq: message.seq }),
    ...(about && { author: about }),
    ...(nonce && { nonce: nonce as Nonce }),
    ...(recallUntil !== undefined && { recallUntil }),
    ...(hiddenFor && { hiddenFor: idsOf(hiddenFor) }),
  };
}

function messageFrom(room: RoomId, row: readonly string[], from: number): Message {
  const get = (at: number) => row[from + at] ?? '';
  const place = { room, seq: Number(get(1)), rev: Number(get(2)) };
  // Our own functions wrote the ids.
  const origin = () => ({ author: get(3) as UserId, at: timeOf(get(4)) });
  switch (row[from]) {
    case 't':
      return {
        ...place,
        kind: 'text',
        ...origin(),
        text: get(10),
        ...(get(5) && { editedAt: timeOf(get(5)), edits: Number(get(6)) }),
        ...importedFrom(get(7), get(8), get(9)),
      };
    case 's':
      return { ...place, kind: 'system', ...origin(), note: noteFrom(get(5), get(6), get(7)) };
    case 'r':
      return {
        ...place,
        kind: 'text',
        ...origin(),
        recalled: { by: get(5) as UserId, at: timeOf(get(6)) },
        ...importedFrom(get(7), get(8), get(9)),
      };
    case 'm':
      return {
        ...place,
        kind: 'text',
        ...origin(),
        removed: { by: get(5) as UserId, at: timeOf(get(6)), reason: get(7) },
        ...importedFrom(get(8), get(9), get(10)),
      };
    case 'h':
      return { ...place, kind: 'hidden' };
    case 'g':
      return { ...place, kind: 'gone' };
    default:
      throw new TypeError(`a row of the log begins with ${JSON.stringify(row[from] ?? '')}`);
  }
}

function importedFrom(name: string, by: string, ms: string): { imported?: Imported } {
  return by === '' ? {} : { imported: { name, by: by as UserId, at: timeOf(ms) } };
}

function noteFrom(code: string, first: string, second: string): SystemNote {
  switch (code) {
    case 'room.created':
    case 'room.archived':
    case 'room.restored':
    case 'member.joined':
    case 'member.left':
      return { code };
    case 'room.renamed':
      return { code, name: first };
    case 'room.topic':
      return { code, topic: first };
    case 'room.recall':
      return { code, seconds: Number(first) };
    case 'member.added':
    case 'member.removed':
      return { code, user: first as UserId };
    case 'member.role':
      return { code, user: first as UserId, role: second as Role };
    default:
      throw new TypeError(`the log has a note called ${code}`);
  }
}

function eventFrom(
  kind: string,
  base: { actor: UserId; at: string },
  parameters: readonly string[],
  message: Message | undefined,
): RoomEvent {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = parameters;
  const told = message && { message };
  // A message that is no longer kept has nothing to tell but its number.
  if (!message && 'serm'.includes(kind)) return { kind: 'unseen' };
  switch (kind) {
    case 's':
      return { kind: 'message.sent', ...base, message: message as Message };
    case 'e':
      return { kind: 'message.edited', ...base, message: message as Message };
    case 'r':
      return { kind: 'message.recalled', ...base, message: message as Message };
    case 'm':
      return { kind: 'message.removed', ...base, message: message as Message };
    case 'c':
      return { kind: 'room.created', ...base, ...told };
    case 'g':
      return {
        kind: 'room.changed',
        ...base,
        ...told,
        ...(first && { name: first.slice(1) }),
        ...(second && { topic: second.slice(1) }),
        ...(third && { archived: third === '=1' }),
        ...(fourth && {
          policies: { recallSeconds: Number(fourth.slice(1)), history: fifth === '=all' ? 'all' : 'joined' },
        }),
      };
    case 'j':
      return {
        kind: 'member.joined',
        ...base,
        ...told,
        member: { user: first as UserId, role: second as Role, joinedAt: timeOf(third) },
      };
    case 'l':
      return { kind: 'member.left', ...base, ...told, user: first as UserId };
    case 'o':
      return { kind: 'member.changed', ...base, ...told, user: first as UserId, role: second as Role };
    default:
      throw new TypeError(`the feed has an event called ${kind}`);
  }
}

function idsOf(joined: string): UserId[] {
  const ids: UserId[] = [];
  for (let at = 0; at < joined.length; at += ID_LENGTH) ids.push(joined.slice(at, at + ID_LENGTH) as UserId);
  return ids;
}

export function timeOf(ms: string | undefined): string {
  return new Date(Number(ms)).toISOString();
}
