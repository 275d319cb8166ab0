import type {
  Edit,
  Epoch,
  Events,
  Message,
  Nonce,
  Page,
  PageQuery,
  Role,
  Room,
  RoomBody,
  RoomEvent,
  RoomId,
  SystemNote,
  User,
  UserId,
} from '@rill/protocol';
import { RillError } from '../error.ts';

interface FakeMember {
  role: Role;
  joinedAt: string;
  fromSeq: number;
  fromRev: number;
  readSeq: number;
  involvement: Room['involvement'];
  listedFrom: number;
  readonly hidden: Set<number>;
}

/** An event as the feed keeps it: the message by its number only. */
interface FakeEvent {
  readonly rev: number;
  readonly event: RoomEvent;
  readonly seq: number | undefined;
  readonly nonce: Nonce | undefined;
  readonly author: UserId | undefined;
}

const RECALL_MS = 120_000;

/** A room of the fake server: a log, a feed, members; the rules of the wire and nothing else. */
export class FakeRoom {
  readonly id: RoomId;
  readonly kind: Room['kind'];
  name: string;
  topic = '';
  archived = false;
  epoch: Epoch;
  readonly members = new Map<UserId, FakeMember>();
  readonly log: Message[] = [];
  readonly feed: FakeEvent[] = [];
  readonly edits = new Map<number, Edit[]>();
  readonly #nonces = new Map<string, { seq: number; text: string }>();
  readonly #now: () => number;
  /** Events before this one are not kept any more. */
  keptFrom = 1;

  constructor(id: RoomId, body: RoomBody, epoch: Epoch, now: () => number) {
    this.id = id;
    this.kind = body.kind;
    this.name = body.name ?? '';
    this.topic = body.topic ?? '';
    this.epoch = epoch;
    this.#now = now;
  }

  at(): string {
    return new Date(this.#now()).toISOString();
  }

  rev(): number {
    return this.feed.length;
  }

  member(user: UserId): FakeMember {
    const member = this.members.get(user);
    if (member === undefined) throw new RillError('not_found');
    return member;
  }

  create(user: UserId): void {
    this.#seat(user, 'owner');
    this.#append({ kind: 'room.created', ...this.#by(user) }, { code: 'room.created' }, user);
  }

  join(user: UserId, actor: UserId): void {
    if (this.members.has(user)) return;
    const seat = this.#seat(user, 'member');
    const member = { user, role: seat.role, joinedAt: seat.joinedAt };
    const note: SystemNote = actor === user ? { code: 'member.joined' } : { code: 'member.added', user };
    this.#append({ kind: 'member.joined', ...this.#by(actor), member }, note, actor);
    seat.readSeq = this.log.length;
  }

  leave(user: UserId, actor: UserId): FakeEvent {
    this.member(user);
    const note: SystemNote = actor === user ? { code: 'member.left' } : { code: 'member.removed', user };
    const event = this.#append({ kind: 'member.left', ...this.#by(actor), user }, note, actor);
    this.members.delete(user);
    return event;
  }

  setRole(actor: UserId, user: UserId, role: Role): void {
    if (this.member(actor).role === 'member') throw new RillError('forbidden');
    this.member(user).role = role;
    const note: SystemNote = { code: 'member.role', user, role };
    this.#append({ kind: 'member.changed', ...this.#by(actor), user, role }, note, actor);
  }

  send(user: UserId, nonce: Nonce, text: string): { message: Message; again: boolean } {
    const member = this.member(user);
    if (this.archived) throw new RillError('room_archived');
    const known = this.#nonces.get(`${user} ${nonce}`);
    if (known !== undefined) {
      if (known.text !== text) throw new RillError('nonce_reused');
      return { message: this.sight(known.seq, user), again: true };
    }
    if (text.trim() === '') throw new RillError('empty_text');
    const seq = this.log.length + 1;
    const place = { room: this.id, seq, rev: this.rev() + 1 };
    this.log.push({ ...place, kind: 'text', author: user, at: this.at(), text });
    this.#nonces.set(`${user} ${nonce}`, { seq, text });
    this.#push({ kind: 'message.sent', ...this.#by(user), message: this.sight(seq, user) }, seq, nonce, user);
    member.readSeq = seq;
    return { message: this.sight(seq, user), again: false };
  }

  edit(user: UserId, seq: number, text: string, rev: number | undefined): Message {
    const old = this.#own(user, seq);
    if (rev !== undefined && rev !== old.rev) throw new RillError('moved_on');
    const versions = this.edits.get(seq) ?? [{ text: old.text, at: old.at }];
    this.edits.set(seq, [...versions, { text, at: this.at() }]);
    const message: Message = { ...old, rev: this.rev() + 1, text, editedAt: this.at(), edits: (old.edits ?? 0) + 1 };
    return this.#change('message.edited', user, message);
  }

  recall(user: UserId, seq: number): Message {
    const { text: _, editedAt: __, edits: ___, ...rest } = this.#own(user, seq);
    if (this.#now() - Date.parse(rest.at) > RECALL_MS) throw new RillError('recall_closed');
    const recalled = { by: user, at: this.at() };
    return this.#change('message.recalled', user, { ...rest, rev: this.rev() + 1, recalled });
  }

  remove(user: UserId, seq: number, reason = ''): Message {
    if (this.member(user).role === 'member') throw new RillError('forbidden');
    const { text: _, editedAt: __, edits: ___, ...rest } = this.#text(user, seq);
    const removed = { by: user, at: this.at(), reason };
    return this.#change('message.removed', user, { ...rest, rev: this.rev() + 1, removed });
  }

  hide(user: UserId, seq: number): Message {
    this.sight(seq, user);
    this.member(user).hidden.add(seq);
    return this.sight(seq, user);
  }

  read(user: UserId, seq: number): { readSeq: number; unread: number } {
    const member = this.member(user);
    member.readSeq = Math.max(member.readSeq, Math.min(seq, this.log.length));
    return { readSeq: member.readSeq, unread: this.unread(user) };
  }

  /** By counting: what the client's arithmetic has to come to. */
  unread(user: UserId): number {
    const { readSeq, hidden } = this.member(user);
    return this.log.filter(
      (each) => each.seq > readSeq && 'text' in each && each.author !== user && !hidden.has(each.seq),
    ).length;
  }

  /** A message as one user sees it. */
  sight(seq: number, user: UserId): Message {
    const { fromSeq, hidden } = this.member(user);
    const message = this.log[seq - 1];
    if (message === undefined || seq < fromSeq) throw new RillError('not_found');
    if (hidden.has(seq)) return { room: this.id, seq, rev: message.rev, kind: 'hidden' };
    if (!('text' in message) || message.author !== user) return message;
    return { ...message, recallUntil: new Date(Date.parse(message.at) + RECALL_MS).toISOString() };
  }

  page(user: UserId, { before, after, around, limit = 50 }: PageQuery): Page {
    const { fromSeq } = this.member(user);
    const head = this.log.length;
    let last = head;
    if (before !== undefined) last = Math.min(head, before - 1);
    else if (after !== undefined) last = Math.min(head, Math.max(after, fromSeq - 1) + limit);
    else if (around !== undefined) last = Math.min(head, Math.max(around, fromSeq) + Math.floor(limit / 2));
    const first = Math.max(fromSeq, after === undefined ? last - limit + 1 : after + 1);
    const messages: Message[] = [];
    for (let seq = first; seq <= last; seq += 1) messages.push(this.sight(seq, user));
    return { messages, seq: head, rev: this.rev(), epoch: this.epoch };
  }

  events(user: UserId, after: number, epoch: string | undefined, limit = 256): Events {
    const { fromRev } = this.member(user);
    const isServed = (epoch === undefined || epoch === this.epoch) && after <= this.rev() && after + 1 >= this.keptFrom;
    if (!isServed || after < fromRev) throw new RillError('cursor_too_old');
    const events = this.feed.slice(after, after + limit).map(({ rev }) => ({ rev, event: this.eventFor(rev, user) }));
    return { events, rev: this.rev(), epoch: this.epoch };
  }

  /** An event as one member sees it now. */
  eventFor(rev: number, user: UserId): RoomEvent {
    const kept = this.feed[rev - 1];
    if (kept === undefined) throw new RillError('not_found');
    const { event, seq, nonce, author } = kept;
    const member = this.members.get(user);
    // Somebody removed sees the removal itself, and nothing later.
    if (seq === undefined || member === undefined) return event;
    if (seq < member.fromSeq) return { kind: 'unseen' };
    const seen = { ...event, message: this.sight(seq, user) };
    // As the wire has it: the sender alone is told the nonce.
    return (nonce !== undefined && author === user ? { ...seen, nonce } : seen) as RoomEvent;
  }

  view(user: UserId, people: readonly User[]): Room {
    const { role, involvement, listedFrom, readSeq, fromSeq } = this.member(user);
    const seq = this.log.length;
    const last = seq >= fromSeq && seq > 0 ? this.sight(seq, user) : undefined;
    const at = this.log.at(-1);
    return {
      id: this.id,
      kind: this.kind,
      name: this.name,
      topic: this.topic,
      archived: this.archived,
      policies: { recallSeconds: 120, history: 'all' },
      members: this.members.size,
      ...(this.kind === 'direct' ? { people: [...people] } : {}),
      role,
      involvement,
      seq,
      rev: this.rev(),
      epoch: this.epoch,
      readSeq,
      unread: this.unread(user),
      fromSeq,
      lastAt: at !== undefined && 'at' in at ? at.at : this.at(),
      ...(last === undefined ? {} : { last }),
      ...(listedFrom === 0 ? {} : { listedFrom }),
    };
  }

  rename(user: UserId, name: string): void {
    this.name = name;
    this.#append({ kind: 'room.changed', ...this.#by(user), name }, { code: 'room.renamed', name }, user);
  }

  #seat(user: UserId, role: Role): FakeMember {
    const seat: FakeMember = {
      role,
      joinedAt: this.at(),
      fromSeq: this.kind === 'open' ? 1 : this.log.length + 1,
      fromRev: this.rev(),
      readSeq: this.log.length,
      involvement: 'everything',
      listedFrom: 0,
      hidden: new Set(),
    };
    this.members.set(user, seat);
    return seat;
  }

  #by(actor: UserId): { actor: UserId; at: string } {
    return { actor, at: this.at() };
  }

  #text(user: UserId, seq: number) {
    this.sight(seq, user);
    const message = this.log[seq - 1];
    if (message === undefined || message.kind !== 'text') throw new RillError('not_found');
    if (!('text' in message)) throw new RillError('message_gone');
    return message;
  }

  #own(user: UserId, seq: number) {
    const message = this.#text(user, seq);
    if (message.author !== user) throw new RillError('not_author');
    return message;
  }

  #change(kind: 'message.edited' | 'message.recalled' | 'message.removed', user: UserId, message: Message): Message {
    this.log[message.seq - 1] = message;
    if (!('text' in message)) this.edits.delete(message.seq);
    this.#push({ kind, ...this.#by(user), message }, message.seq);
    return this.sight(message.seq, user);
  }

  /** An event that is told in the conversation too. */
  #append(event: RoomEvent, note: SystemNote, author: UserId): FakeEvent {
    const place = { room: this.id, seq: this.log.length + 1, rev: this.rev() + 1 };
    const message: Message = { ...place, kind: 'system', author, at: this.at(), note };
    this.log.push(message);
    return this.#push({ ...event, message } as RoomEvent, place.seq);
  }

  #push(event: RoomEvent, seq?: number, nonce?: Nonce, author?: UserId): FakeEvent {
    const made = { rev: this.rev() + 1, event, seq, nonce, author };
    this.feed.push(made);
    return made;
  }
}
