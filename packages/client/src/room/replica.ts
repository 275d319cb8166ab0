import type {
  Cursor,
  EventFrame,
  Message,
  PersonalEvent,
  ResyncFrame,
  Room,
  RoomEvent,
  RoomId,
  UserId,
} from '@rill/protocol';
import type { Living } from '../api/living.ts';
import type { RoomState } from '../api/room.ts';
import { backoff } from '../backoff.ts';
import type { Context } from '../context.ts';
import { Derived } from '../living.ts';
import type { KeptTail } from '../store.ts';
import { Timeline } from '../timeline.ts';
import { Feed } from './feed.ts';
import { ReEdit } from './re-edit.ts';
import { Standing } from './standing.ts';
import { Typing } from './typing.ts';

/** So many of the newest messages are kept by the device: a screen or three. */
const TAIL = 100;
const PACE = { minMs: 500, maxMs: 30_000 };

/** This device's copy of a room: how it stands, its events in order, its loaded messages. */
export class Replica implements Living<RoomState> {
  readonly id: RoomId;
  readonly timeline: Timeline;
  readonly reEdit: ReEdit;
  readonly standing: Standing;
  readonly #context: Context;
  readonly #feed: Feed;
  readonly #typing: Typing;
  readonly #state = new Derived(() => this.#compute());
  #absent: boolean;
  /** The rev that the line has to replay before this room is caught up. */
  #target: number | undefined;
  #opened = 0;
  #cancelLoad: () => void = () => {};
  #openedAt = 0;

  /** `isAbsent`: all rooms of the user are known, and this is none of them. */
  constructor(id: RoomId, context: Context, isAbsent: boolean) {
    this.id = id;
    this.#absent = isAbsent;
    this.#context = context;
    const { clock, random } = context;
    this.#typing = new Typing(clock, () => this.#tell());
    this.reEdit = new ReEdit(clock, () => this.timeline.touch());
    this.standing = new Standing({
      id,
      clock,
      random,
      ask: (room) => context.rooms.one(room),
      changed: () => this.#tell(),
      gone: () => this.gone(),
    });
    this.#feed = new Feed({
      clock,
      random,
      events: (query) => context.messages.events(id, query),
      apply: (rev, event) => this.#apply(rev, event),
      reload: () => this.#reload(),
      settled: (cursor) => this.#settled(cursor),
      gone: () => this.gone(),
    });
    this.timeline = new Timeline({
      page: (query) => context.messages.page(id, query),
      fromSeq: () => this.room()?.fromSeq ?? 1,
      arrived: (cursor) => this.#arrived(cursor),
      asked: () => context.outbox.of(id),
      me: context.me,
      canReEdit: (seq) => this.reEdit.text(seq) !== undefined,
      leftAt: () => (this.room()?.unread ? this.room()?.readSeq : undefined),
      loaded: context.loaded,
    });
    this.timeline.subscribe(() => context.changed(id));
  }

  snapshot(): RoomState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  room(): Room | undefined {
    return this.standing.room();
  }

  /** On the screen from now on, until the returned function is called. */
  open(): () => void {
    this.#opened += 1;
    this.#openedAt = this.#context.clock.now();
    this.#context.attention.open(this.id);
    this.timeline.resetFirstUnread();
    void this.#loadIfWanted();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#opened -= 1;
      this.#context.attention.close(this.id);
    };
  }

  /** ms since 1970; Infinity while it is on the screen. */
  openedAt(): number {
    return this.#opened > 0 ? Number.POSITIVE_INFINITY : this.#openedAt;
  }

  /** Where to go on after a lost line; undefined where there is nothing to go on with. */
  cursor(): Cursor | undefined {
    return this.timeline.isLoaded() ? this.#feed.cursor() : undefined;
  }

  /** What the device should keep of the messages. */
  tail(): KeptTail | undefined {
    const cursor = this.#feed.cursor();
    const messages = this.timeline.tail(TAIL);
    if (cursor === undefined || messages === undefined || messages.length === 0) return undefined;
    return { room: this.id, cursor, messages, openedAt: this.#openedAt };
  }

  /** From the device, before the server was heard. */
  restore(tail: KeptTail): void {
    this.#openedAt = tail.openedAt;
    this.timeline.restore(tail.messages);
    if (this.timeline.isLoaded()) this.#feed.begin(tail.cursor);
  }

  /** Lets the loaded messages go; they are loaded again when the room is opened. */
  unload(): void {
    if (this.#opened === 0) this.timeline.drop();
  }

  /** The welcome's word on this room. `resumed`: from where the line replays what was missed. */
  welcome(room: Room, resumed: Cursor | undefined): void {
    this.#absent = false;
    this.#target = undefined;
    this.standing.set(room);
    if (!this.timeline.isLoaded()) return this.#begin(room);
    this.timeline.forgive();
    this.#feed.resume();
    const cursor = this.#feed.cursor();
    if (cursor === undefined) return;
    const isThere = cursor.epoch === room.epoch && cursor.rev >= room.rev;
    if (isThere) this.timeline.settle();
    else if (resumed !== undefined) this.#target = room.rev;
    else if (cursor.epoch === room.epoch) this.#feed.catchUp();
    else this.#feed.lose();
  }

  /** Whether events that the line replays are still missing. */
  isBehind(): boolean {
    return this.#target !== undefined;
  }

  /** The replay does not come: fetch it. */
  fetchMissing(): void {
    this.#target = undefined;
    this.#feed.catchUp();
    this.#context.caughtUp();
  }

  /** A room that came, or an answer about it, while the line was up. */
  added(room: Room): void {
    const old = this.room();
    if (old !== undefined && old.epoch === room.epoch && old.rev > room.rev) return;
    this.#absent = false;
    this.standing.set(room);
    if (this.#feed.cursor() === undefined && !this.timeline.isLoaded()) this.#begin(room);
  }

  /** Not for this user (any more): nothing of it stays. */
  gone(): void {
    this.reset();
    this.#absent = true;
    this.#tell();
    this.#context.caughtUp();
  }

  /** As if nothing had ever been heard of it. */
  reset(): void {
    this.#cancelLoad();
    this.#feed.stop();
    this.#typing.clear();
    this.reEdit.clear();
    this.standing.clear();
    this.#absent = false;
    this.#target = undefined;
    this.#openedAt = 0;
    this.timeline.drop();
    this.#state.touch();
  }

  receive(frame: EventFrame): void {
    this.#feed.receive(frame);
    if (this.#target === undefined) return;
    const cursor = this.#feed.cursor();
    if (cursor === undefined || cursor.rev >= this.#target) this.#reached();
  }

  resync(frame: ResyncFrame): void {
    this.#target = undefined;
    const room = this.room();
    if (this.timeline.isLoaded()) this.#feed.lose();
    else {
      this.#feed.begin({ rev: frame.rev, epoch: frame.epoch });
      if (room?.rev !== frame.rev || room.epoch !== frame.epoch) this.standing.refresh();
    }
    this.#context.caughtUp();
  }

  personal(event: Extract<PersonalEvent, { kind: 'room.read' | 'message.hidden' | 'room.involvement' }>): void {
    if (event.kind === 'room.read') this.standing.read(event.readSeq);
    else if (event.kind === 'message.hidden') this.hide(event.seq);
    else this.standing.with({ involvement: event.involvement });
  }

  /** Somebody is writing. */
  typed(user: UserId): void {
    if (this.room() !== undefined && user !== this.#context.me()) this.#typing.seen(user);
  }

  /** Hidden by this user, here or on another device. */
  hide(seq: number): void {
    const old = this.timeline.message(seq);
    if (old?.kind === 'hidden') return;
    const hidden: Message = { room: this.id, seq, rev: old?.rev ?? 0, kind: 'hidden' };
    // The server's count may know of it already: unless it never counted, only the server can tell.
    const counted = this.#counts(seq) === false ? false : undefined;
    this.timeline.replace(hidden);
    this.standing.hide(hidden, counted);
  }

  /** Whether a message counted until now, if it is after what was read; undefined where that cannot be seen. */
  #counts(seq: number): boolean | undefined {
    const message = this.timeline.message(seq);
    if (message === undefined || message.kind === 'gone') return undefined;
    if (message.kind !== 'text' || message.author === this.#context.me()) return false;
    // A tombstone may have come by a page, before its event.
    return 'text' in message ? true : undefined;
  }

  #apply(rev: number, event: RoomEvent): void {
    const me = this.#context.me();
    if (me === undefined) return;
    if (event.kind === 'member.left' && event.user === me) return this.gone();
    const message = 'message' in event ? event.message : undefined;
    const counted = message === undefined ? undefined : this.#counts(message.seq);
    const nonce = event.kind === 'message.sent' ? event.nonce : undefined;
    if (message !== undefined) {
      if (nonce !== undefined) this.#context.outbox.arrived(nonce);
      this.timeline.apply(message, nonce);
      if (event.kind === 'message.sent' && 'author' in message) this.#typing.ended(message.author);
    }
    this.#context.outbox.reached(this.id, rev);
    this.standing.apply(rev, event, me, counted);
  }

  async #reload(): Promise<Cursor> {
    if (this.#opened > 0) return this.timeline.reload();
    this.timeline.drop();
    const { rev, epoch } = await this.#context.rooms.one(this.id);
    return { rev, epoch };
  }

  #settled(cursor: Cursor): void {
    this.#context.outbox.reached(this.id, cursor.rev);
    const room = this.room();
    if (room !== undefined && (room.epoch !== cursor.epoch || room.rev < cursor.rev)) this.standing.refresh();
    this.timeline.settle();
    this.#tell();
  }

  /** A page came: it is of this life of the room, or everything has to be loaded anew. */
  #arrived(cursor: Cursor): boolean {
    const own = this.#feed.cursor();
    if (own?.epoch === cursor.epoch) return true;
    if (own !== undefined) this.#feed.lose();
    else if (!this.#feed.isLost()) this.#feed.begin(cursor);
    return this.#feed.cursor()?.epoch === cursor.epoch;
  }

  #begin(room: Room): void {
    this.#feed.begin({ rev: room.rev, epoch: room.epoch });
    void this.#loadIfWanted();
  }

  #reached(): void {
    this.#target = undefined;
    this.timeline.settle();
    this.#context.caughtUp();
  }

  /** The first page of a room on the screen; asked for until it comes. */
  async #loadIfWanted(attempt = 1): Promise<void> {
    this.#cancelLoad();
    if (this.#opened === 0 || this.timeline.isLoaded() || this.room() === undefined) return;
    await this.timeline.toEnd();
    if (this.timeline.isLoaded() || this.timeline.snapshot().newer.name !== 'failed') return;
    const { clock, random } = this.#context;
    this.#cancelLoad();
    this.#cancelLoad = clock.after(backoff(attempt, PACE, random), () => void this.#loadIfWanted(attempt + 1));
  }

  #tell(): void {
    this.#state.touch();
    this.#context.changed(this.id);
  }

  #compute(): RoomState {
    const room = this.room();
    if (room !== undefined) return { name: 'present', room, typing: this.#typing.users() };
    return this.#absent ? { name: 'absent' } : { name: 'unknown' };
  }
}
