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
import type { Context } from '../context.ts';
import { Derived } from '../living.ts';
import type { KeptTail } from '../store.ts';
import { Timeline } from '../timeline.ts';
import { Following } from './following.ts';
import { Screen } from './screen.ts';
import { countsAsUnread } from './unread.ts';
import { ReEdit } from './re-edit.ts';
import { Standing } from './standing.ts';
import { Typing } from './typing.ts';

/** So many of the newest messages are kept by the device: a screen or three. */
const TAIL = 100;

/** This device's copy of a room: how it stands, its events in order, its loaded messages. */
export class Replica implements Living<RoomState> {
  readonly id: RoomId;
  readonly timeline: Timeline;
  readonly reEdit: ReEdit;
  readonly standing: Standing;
  readonly screen: Screen;
  readonly #context: Context;
  readonly #following: Following;
  readonly #typing: Typing;
  readonly #state = new Derived(() => this.#compute());
  #absent: boolean;

  /** `isAbsent`: all rooms of the user are known, and this is none of them. */
  constructor(id: RoomId, context: Context, isAbsent: boolean) {
    this.id = id;
    this.#absent = isAbsent;
    this.#context = context;
    const { clock, random } = context;
    this.#typing = new Typing(clock, () => this.#tell());
    this.reEdit = new ReEdit(clock, (seq) => this.timeline.renew(seq));
    this.standing = new Standing({
      id,
      clock,
      random,
      ask: (room) => context.rooms.one(room),
      changed: () => this.#tell(),
      gone: () => this.gone(),
    });
    this.timeline = new Timeline({
      page: (query) => context.messages.page(id, query),
      fromSeq: () => this.room()?.fromSeq ?? 1,
      arrived: (cursor) => this.#following.arrived(cursor),
      asked: () => context.outbox.of(id),
      me: context.me,
      canReEdit: (seq) => this.reEdit.text(seq) !== undefined,
      leftAt: () => (this.room()?.unread ? this.room()?.readSeq : undefined),
      loaded: context.loaded,
    });
    this.screen = new Screen({
      clock,
      random,
      timeline: () => this.timeline,
      isKnown: () => this.room() !== undefined,
      opened: () => {
        context.attention.open(id);
        this.timeline.resetFirstUnread();
      },
      closed: () => context.attention.close(id),
    });
    this.#following = new Following({
      id,
      context,
      timeline: this.timeline,
      standing: this.standing,
      screen: this.screen,
      apply: (rev, event) => this.#apply(rev, event),
      gone: () => this.gone(),
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

  /** Where to go on after a lost line; undefined where there is nothing to go on with. */
  cursor(): Cursor | undefined {
    return this.timeline.isLoaded() ? this.#following.cursor() : undefined;
  }

  /** What the device should keep of the messages. */
  tail(): KeptTail | undefined {
    const cursor = this.#following.cursor();
    const messages = this.timeline.tail(TAIL);
    if (cursor === undefined || messages === undefined || messages.length === 0) return undefined;
    const doubted = this.timeline.isDoubted();
    return { room: this.id, cursor, messages, doubted, openedAt: this.screen.openedAt() };
  }

  /** From the device, before the server was heard. */
  restore(tail: KeptTail): void {
    this.screen.wasOpened(tail.openedAt);
    this.timeline.restore(tail.messages);
    if (tail.doubted) this.timeline.doubt();
    if (this.timeline.isLoaded()) this.#following.begin(tail.cursor);
  }

  /** Lets the loaded messages go; they are loaded again when the room is opened. */
  unload(): void {
    if (!this.screen.isOpen()) this.timeline.drop();
  }

  /**
   * The welcome's word on this room. `resumed`: from where the line replays what was missed; `missed`: something was told
   * to the user alone that was not heard here.
   */
  welcome(room: Room, resumed: Cursor | undefined, missed: boolean): void {
    this.#absent = false;
    this.standing.set(room);
    this.#following.welcome(room, resumed, missed);
  }

  /** A room that came, or an answer about it, while the line was up. */
  added(room: Room): void {
    const old = this.room();
    if (old !== undefined && old.epoch === room.epoch && old.rev > room.rev) return;
    this.#absent = false;
    this.standing.set(room);
    this.#following.heard(room);
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
    this.screen.reset();
    this.#following.stop();
    this.#typing.clear();
    this.reEdit.clear();
    this.standing.clear();
    this.#absent = false;
    this.timeline.drop();
    this.#state.touch();
  }

  /** Whether events that the line replays are still missing. */
  isBehind(): boolean {
    return this.#following.isBehind();
  }

  fetchMissing(): void {
    this.#following.fetchMissing();
  }

  receive(frame: EventFrame): void {
    this.#following.receive(frame);
  }

  resync(frame: ResyncFrame): void {
    this.#following.resync(frame);
  }

  personal(event: Extract<PersonalEvent, { kind: 'room.read' | 'message.hidden' | 'room.own' }>): void {
    if (event.kind === 'room.read') this.standing.read(event.readSeq);
    else if (event.kind === 'message.hidden') {
      this.hide(event.seq);
      // What another page of the device keeps of the room may show it.
      this.#context.changed(this.id);
    } else this.standing.with({ involvement: event.involvement, listedFrom: event.listedFrom });
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
    const counted = countsAsUnread(old, this.#context.me()) === false ? false : undefined;
    this.timeline.replace(hidden);
    this.standing.hide(hidden, counted);
  }

  #apply(rev: number, event: RoomEvent): void {
    const me = this.#context.me();
    if (me === undefined) return;
    if (event.kind === 'member.left' && event.user === me) return this.gone();
    const message = 'message' in event ? event.message : undefined;
    const counted = message === undefined ? undefined : countsAsUnread(this.timeline.message(message.seq), me);
    const nonce = event.kind === 'message.sent' ? event.nonce : undefined;
    if (message !== undefined) {
      if (nonce !== undefined) this.#context.outbox.arrived(nonce);
      this.timeline.apply(message, nonce);
      if (event.kind === 'message.sent' && 'author' in message) this.#typing.ended(message.author);
    }
    this.#context.outbox.reached(this.id, rev);
    this.standing.apply(rev, event, me, counted);
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
