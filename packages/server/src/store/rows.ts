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

/** How many fields an event of each kind has of its own, after kind, actor and seq. */
const OWN_FIELDS: Readonly<Record<string, number>> = { s: 1, e: 0, r: 0, m: 0, c: 0, g: 5, j: 3, l: 1, o: 2 };
const OWN = 7;
const ID_LENGTH = 10;

/** An event as it was published or read from the feed. */
export function eventOf(room: RoomId, row: string): FeedEvent {
  const all = fields(row);
  const [epoch, recall, hiddenFor, id = '', kind = '', actor] = all;
  const end = OWN + (OWN_FIELDS[kind] ?? 0);
  const [rev, ms] = placeOf(id);
  const message = all[end] ? messageFrom(room, all, end) : undefined;
  const own = all.slice(OWN, end);
  // Our own functions wrote the ids.
  const event = eventFrom(kind, { actor: actor as UserId, at: timeOf(ms) }, own, message);
  const author = message && message.kind !== 'gone' && message.kind !== 'hidden' ? message.author : undefined;
  const nonce = kind === 's' ? own[0] : undefined;
  const recallUntil = message && recallUntilOf(message, Number(recall));
  return {
    room,
    rev,
    epoch: epoch as Epoch,
    event,
    ...(message && { seq: message.seq }),
    ...(author && { author }),
    ...(nonce && { nonce: nonce as Nonce }),
    ...(recallUntil !== undefined && { recallUntil }),
    ...(hiddenFor && { hiddenFor: idsOf(hiddenFor) }),
  };
}

function messageFrom(room: RoomId, row: readonly string[], from: number): Message {
  const get = (at: number) => row[from + at] ?? '';
  const [seq, ms] = placeOf(get(0));
  // Our own functions wrote the ids.
  const origin = () => ({ author: get(3) as UserId, at: timeOf(ms) });
  const sinceSent = () => ({ room, seq, rev: seq + Number(get(2)) });
  const changed = () => ({ room, seq, rev: Number(get(2)) });
  switch (row[from + 1]) {
    case 't':
      return { ...sinceSent(), kind: 'text', ...origin(), text: get(4) };
    case 's':
      return { ...sinceSent(), kind: 'system', ...origin(), note: noteFrom(get(4), get(5), get(6)) };
    case 'i':
      return { ...sinceSent(), kind: 'text', ...origin(), text: get(7), ...importedFrom(get(4), get(5), get(6)) };
    case 'e':
      return {
        ...changed(),
        kind: 'text',
        ...origin(),
        text: get(9),
        editedAt: timeOf(get(4)),
        edits: Number(get(5)),
        ...importedFrom(get(6), get(7), get(8)),
      };
    case 'r':
      return {
        ...changed(),
        kind: 'text',
        ...origin(),
        recalled: { by: get(4) as UserId, at: timeOf(get(5)) },
        ...importedFrom(get(6), get(7), get(8)),
      };
    case 'm':
      return {
        ...changed(),
        kind: 'text',
        ...origin(),
        removed: { by: get(4) as UserId, at: timeOf(get(5)), reason: get(6) },
        ...importedFrom(get(7), get(8), get(9)),
      };
    case 'h':
      return { ...changed(), kind: 'hidden' };
    case 'g':
      return { ...changed(), kind: 'gone' };
    default:
      throw new TypeError(`a row of the log is of the kind ${JSON.stringify(row[from + 1] ?? '')}`);
  }
}

/** The two numbers of a stream's id: seq or rev, and ms. */
function placeOf(id: string): [number, number] {
  const dash = id.indexOf('-');
  return [Number(id.slice(0, dash)), Number(id.slice(dash + 1))];
}

function importedFrom(by: string, ms: string, name: string): { imported?: Imported } {
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

export function timeOf(ms: string | number | undefined): string {
  return new Date(Number(ms)).toISOString();
}
