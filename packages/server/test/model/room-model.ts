import type { ErrorCode, Involvement, Message, Role, RoomId, RoomKind, SystemNote, UserId } from '@rill/protocol';

/** What one request comes to, in the model and in Redis alike. */
export type Answer<Value> = { readonly ok: Value } | { readonly refused: ErrorCode };

/** Thrown inside the model where the server would refuse. */
export class Refused extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

interface Member {
  role: Role;
  readonly joinedAt: number;
  readonly fromSeq: number;
  readonly fromRev: number;
  involvement: Involvement;
  readonly joining: number;
}

/** A message with everything that ever happened to it. */
export interface Said {
  readonly seq: number;
  rev: number;
  readonly author: UserId;
  readonly at: number;
  readonly note?: SystemNote;
  versions: { text: string; at: number }[];
  gone?: { kind: 'recalled' | 'removed'; by: UserId; at: number; reason: string };
  readonly hiders: Set<UserId>;
}

/** An event, as little of it as says which one it is. */
export interface Happened {
  readonly rev: number;
  readonly kind: string;
  readonly actor: UserId;
  readonly at: number;
  readonly seq?: number;
  readonly subject?: UserId;
}

export const EDIT_SECONDS = 600;
export const MOST_EDITS = 1;
const RANK = { member: 1, admin: 2, owner: 3 } as const;
const iso = (at: number): string => new Date(at).toISOString();

/**
 * What a room is, as docs/spec.md has it, in plain TypeScript: no Redis, no cleverness, every list walked from its
 * beginning. The real functions must answer the same to every sequence of requests.
 */
export class RoomModel {
  readonly id: RoomId;
  readonly kind: RoomKind;
  name: string;
  topic = '';
  archived = false;
  recallSeconds: number;
  history: 'all' | 'joined';
  rev = 0;
  at: number;
  settingsRev = 1;
  rolesRev = 1;
  readonly members = new Map<UserId, Member>();
  readonly log: Said[] = [];
  readonly feed: Happened[] = [];
  readonly reads = new Map<UserId, number>();
  readonly #nonces = new Map<string, { seq: number; text: string }>();
  #joinings = 0;

  constructor(made: {
    id: RoomId;
    kind: RoomKind;
    name: string;
    recallSeconds: number;
    history: 'all' | 'joined';
    people: readonly [UserId, ...UserId[]];
    now: number;
  }) {
    const { id, kind, name, recallSeconds, history, people, now } = made;
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.recallSeconds = recallSeconds;
    this.history = history;
    this.at = now;
    const direct = kind === 'direct';
    people.forEach((user, at) => {
      this.#joinings += 1;
      const role = !direct && at === 0 ? 'owner' : 'member';
      this.members.set(user, {
        role,
        joinedAt: now,
        fromSeq: 1,
        fromRev: 1,
        involvement: 'everything',
        joining: this.#joinings,
      });
      this.reads.set(user, direct ? 0 : 1);
    });
    if (direct) this.#tell('room.created', people[0], now);
    else this.#note(people[0], now, { code: 'room.created' }, 'room.created');
  }

  send(user: UserId, nonce: string, text: string, now: number): { message: Message; again: boolean } {
    this.#member(user);
    const before = this.#nonces.get(`${user} ${nonce}`);
    if (before !== undefined) {
      if (before.text !== text) throw new Refused('nonce_reused');
      return { message: this.#shown(user, this.#at(before.seq)), again: true };
    }
    if (this.archived) throw new Refused('room_archived');
    const said = this.#say(user, now, [{ text, at: this.#time(now) }], 'message.sent');
    this.#nonces.set(`${user} ${nonce}`, { seq: said.seq, text });
    this.reads.set(user, said.seq);
    return { message: this.#shown(user, said), again: false };
  }

  edit(user: UserId, seq: number, text: string, rev: number | undefined, now: number): Message {
    const said = this.#visible(user, seq);
    if (said.gone) throw new Refused('message_gone');
    if (said.note || said.author !== user) throw new Refused('not_author');
    if (said.versions.at(-1)?.text === text) return this.#shown(user, said);
    if (this.archived) throw new Refused('room_archived');
    if (rev !== undefined && rev < said.rev) throw new Refused('moved_on');
    if (this.#time(now) - said.at > EDIT_SECONDS * 1_000) throw new Refused('edit_closed');
    if (said.versions.length > MOST_EDITS) throw new Refused('too_many_edits');
    said.versions.push({ text, at: this.#time(now) });
    said.rev = this.#tell('message.edited', user, now, said.seq);
    return this.#shown(user, said);
  }

  edits(user: UserId, seq: number): { text: string; at: string }[] {
    const said = this.#visible(user, seq);
    if (said.note || said.hiders.has(user)) throw new Refused('not_found');
    if (said.gone) throw new Refused('message_gone');
    return said.versions.map(({ text, at }) => ({ text, at: iso(at) }));
  }

  recall(user: UserId, seq: number, now: number): Message {
    const said = this.#visible(user, seq);
    if (said.note || said.author !== user) throw new Refused(said.gone ? 'message_gone' : 'not_author');
    if (said.gone?.kind === 'recalled') return this.#shown(user, said);
    if (said.gone) throw new Refused('message_gone');
    if (this.#time(now) >= said.at + this.recallSeconds * 1_000) throw new Refused('recall_closed');
    this.#bury(said, 'recalled', user, '', now);
    return this.#shown(user, said);
  }

  remove(user: UserId, seq: number, reason: string, now: number): Message {
    const me = this.#member(user);
    if (me.role === 'member') throw new Refused('forbidden');
    const said = this.#visible(user, seq);
    if (said.note) throw new Refused('forbidden');
    if (said.gone?.kind === 'removed') return this.#shown(user, said);
    if (said.gone) throw new Refused('message_gone');
    const author = this.members.get(said.author);
    if (me.role === 'admin' && said.author !== user && author && author.role !== 'member')
      throw new Refused('forbidden');
    this.#bury(said, 'removed', user, reason, now);
    return this.#shown(user, said);
  }

  hide(user: UserId, seq: number): { message: Message; unread: number } {
    const said = this.#visible(user, seq);
    said.hiders.add(user);
    return { message: this.#shown(user, said), unread: this.unread(user) };
  }

  read(user: UserId, seq: number): { readSeq: number; unread: number } {
    this.#member(user);
    const before = this.reads.get(user) ?? 0;
    this.reads.set(user, Math.max(before, Math.min(seq, this.log.length)));
    return { readSeq: this.reads.get(user) ?? 0, unread: this.unread(user) };
  }

  one(user: UserId, seq: number): Message {
    return this.#shown(user, this.#visible(user, seq));
  }

  /** Numbers low … high as far as this user may see them. */
  page(user: UserId, low: number, high: number): Message[] {
    const from = Math.max(low, this.#member(user).fromSeq);
    return this.log.filter(({ seq }) => seq >= from && seq <= high).map((said) => this.#shown(user, said));
  }

  /** Events after a rev; those on messages from before the user's time are only numbers. */
  events(user: UserId, after: number): Happened[] {
    const { fromRev } = this.#member(user);
    if (after > this.rev || after < fromRev - 1) throw new Refused('cursor_too_old');
    return this.feed.filter(({ rev }) => rev > after);
  }

  join(user: UserId, now: number): boolean {
    if (this.members.has(user)) return false;
    if (this.kind !== 'open' || this.archived) throw new Refused('not_found');
    this.#admit(user, user, now);
    return true;
  }

  add(user: UserId, other: UserId, now: number): boolean {
    const me = this.#member(user);
    if (this.members.has(other)) return false;
    if (this.kind === 'direct') throw new Refused('direct_fixed');
    if (me.role === 'member') throw new Refused('forbidden');
    if (this.archived) throw new Refused('room_archived');
    this.#admit(other, user, now);
    return true;
  }

  leave(user: UserId, now: number): void {
    const me = this.#member(user);
    if (this.kind === 'direct') throw new Refused('direct_fixed');
    const alone = this.members.size === 1;
    if (me.role === 'owner' && this.owners() < 2 && !alone) throw new Refused('last_owner');
    this.#dismiss(user, user, now);
    if (alone) this.archived = true;
  }

  end(user: UserId, other: UserId, now: number): void {
    const me = this.#member(user);
    if (this.kind === 'direct') throw new Refused('direct_fixed');
    if (me.role === 'member') throw new Refused('forbidden');
    const them = this.members.get(other);
    if (!them) throw new Refused('not_found');
    if (other === user) throw new Refused('forbidden');
    if (me.role === 'admin' && them.role !== 'member') throw new Refused('forbidden');
    this.#dismiss(other, user, now);
  }

  setRole(user: UserId, other: UserId, role: Role, rev: number | undefined, now: number): Role {
    const me = this.#member(user);
    if (this.kind === 'direct') throw new Refused('direct_fixed');
    const them = this.members.get(other);
    if (!them) throw new Refused('not_found');
    if (them.role === role && (me.role === 'owner' || other === user)) return role;
    if (me.role !== 'owner') throw new Refused('forbidden');
    if (this.archived) throw new Refused('room_archived');
    if (rev !== undefined && rev < this.rolesRev) throw new Refused('moved_on');
    if (them.role === 'owner' && this.owners() < 2) throw new Refused('last_owner');
    them.role = role;
    this.rolesRev = this.#note(user, now, { code: 'member.role', user: other, role }, 'member.changed', other).rev;
    return role;
  }

  change(
    user: UserId,
    settings: { name?: string; topic?: string; archived?: boolean; recallSeconds?: number },
    rev: number | undefined,
    now: number,
  ): number {
    const { role } = this.#member(user);
    const { name, topic, archived, recallSeconds } = settings;
    if (RANK[role] < 2) throw new Refused('forbidden');
    if (RANK[role] < 3 && (archived !== undefined || recallSeconds !== undefined)) throw new Refused('forbidden');
    const notes: SystemNote[] = [];
    if (name !== undefined && name !== this.name) notes.push({ code: 'room.renamed', name });
    if (topic !== undefined && topic !== this.topic) notes.push({ code: 'room.topic', topic });
    if (archived !== undefined && archived !== this.archived) {
      notes.push({ code: archived ? 'room.archived' : 'room.restored' });
    }
    if (recallSeconds !== undefined && recallSeconds !== this.recallSeconds) {
      notes.push({ code: 'room.recall', seconds: recallSeconds });
    }
    if (notes.length === 0) return this.rev;
    if (this.archived && archived !== false) throw new Refused('room_archived');
    if (rev !== undefined && rev < this.settingsRev) throw new Refused('moved_on');
    for (const note of notes) this.#note(user, now, note, 'room.changed');
    this.name = name ?? this.name;
    this.topic = topic ?? this.topic;
    this.archived = archived ?? this.archived;
    this.recallSeconds = recallSeconds ?? this.recallSeconds;
    this.settingsRev = this.rev;
    return this.rev;
  }

  /** The room as this member sees it, as far as it can be counted. */
  summary(user: UserId): object {
    const me = this.#member(user);
    const shown = this.log.filter(({ seq, hiders }) => seq >= me.fromSeq && !hiders.has(user)).at(-1);
    return {
      kind: this.kind,
      name: this.name,
      topic: this.topic,
      archived: this.archived,
      members: this.members.size,
      role: me.role,
      involvement: me.involvement,
      seq: this.log.length,
      rev: this.rev,
      readSeq: this.reads.get(user) ?? 0,
      unread: this.unread(user),
      fromSeq: me.fromSeq,
      lastAt: iso(this.at),
      last: shown && this.#shown(user, shown),
    };
  }

  /** P10: counted by looking at every message, not by arithmetic. */
  unread(user: UserId): number {
    const read = this.reads.get(user) ?? 0;
    return this.log.filter(({ seq, note, gone, hiders }) => seq > read && !note && !gone && !hiders.has(user)).length;
  }

  owners(): number {
    return [...this.members.values()].filter(({ role }) => role === 'owner').length;
  }

  /** Owners, admins, members, each in the order of joining. */
  roster(user: UserId): { user: UserId; role: Role; joinedAt: string }[] {
    this.#member(user);
    return [...this.members]
      .sort(([, a], [, b]) => RANK[b.role] - RANK[a.role] || a.joining - b.joining)
      .map(([id, { role, joinedAt }]) => ({ user: id, role, joinedAt: iso(joinedAt) }));
  }

  #member(user: UserId): Member {
    const member = this.members.get(user);
    if (!member) throw new Refused('not_found');
    return member;
  }

  #visible(user: UserId, seq: number): Said {
    if (seq < this.#member(user).fromSeq) throw new Refused('not_found');
    return this.#at(seq);
  }

  #at(seq: number): Said {
    const said = this.log[seq - 1];
    if (!said) throw new Refused('not_found');
    return said;
  }

  #time(now: number): number {
    return Math.max(now, this.at);
  }

  #tell(kind: string, actor: UserId, now: number, seq?: number, subject?: UserId): number {
    this.at = this.#time(now);
    this.rev += 1;
    const about = { ...(seq !== undefined && { seq }), ...(subject !== undefined && { subject }) };
    this.feed.push({ rev: this.rev, kind, actor, at: this.at, ...about });
    return this.rev;
  }

  #say(
    author: UserId,
    now: number,
    versions: Said['versions'],
    kind: string,
    note?: SystemNote,
    subject?: UserId,
  ): Said {
    const seq = this.log.length + 1;
    const rev = this.#tell(kind, author, now, seq, subject);
    const said: Said = { seq, rev, author, at: this.at, versions, hiders: new Set(), ...(note && { note }) };
    this.log.push(said);
    return said;
  }

  #note(actor: UserId, now: number, note: SystemNote, kind: string, subject?: UserId): Said {
    return this.#say(actor, now, [], kind, note, subject);
  }

  #admit(user: UserId, actor: UserId, now: number): void {
    const note: SystemNote = user === actor ? { code: 'member.joined' } : { code: 'member.added', user };
    const { seq, rev } = this.#note(actor, now, note, 'member.joined', user);
    this.#joinings += 1;
    this.members.set(user, {
      role: 'member',
      joinedAt: this.at,
      fromSeq: this.history === 'joined' ? seq : 1,
      fromRev: rev,
      involvement: 'everything',
      joining: this.#joinings,
    });
    this.reads.set(user, seq);
  }

  #dismiss(user: UserId, actor: UserId, now: number): void {
    const note: SystemNote = user === actor ? { code: 'member.left' } : { code: 'member.removed', user };
    this.#note(actor, now, note, 'member.left', user);
    this.members.delete(user);
    this.reads.delete(user);
  }

  #bury(said: Said, kind: 'recalled' | 'removed', by: UserId, reason: string, now: number): void {
    said.rev = this.#tell(`message.${kind}`, by, now, said.seq);
    said.gone = { kind, by, at: this.at, reason };
    said.versions = [];
  }

  #shown(user: UserId, said: Said): Message {
    if (said.hiders.has(user)) return { room: this.id, seq: said.seq, rev: said.rev, kind: 'hidden' };
    return this.plain(said);
  }

  /** A message as it is now, for nobody in particular. */
  plain(said: Said): Message {
    const place = { room: this.id, seq: said.seq, rev: said.rev };
    const origin = { author: said.author, at: iso(said.at) };
    if (said.note) return { ...place, kind: 'system', ...origin, note: said.note };
    const { gone, versions } = said;
    if (gone?.kind === 'recalled')
      return { ...place, kind: 'text', ...origin, recalled: { by: gone.by, at: iso(gone.at) } };
    if (gone)
      return { ...place, kind: 'text', ...origin, removed: { by: gone.by, at: iso(gone.at), reason: gone.reason } };
    const last = versions.at(-1);
    const edits = versions.length - 1;
    const edited = last && edits > 0 ? { editedAt: iso(last.at), edits } : {};
    return { ...place, kind: 'text', ...origin, text: last?.text ?? '', ...edited };
  }
}
