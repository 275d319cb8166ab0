import type { Cursor, Message, Page, PageQuery, UserId } from '@rill/protocol';
import type { OutboxItem } from './api/outbox.ts';
import type { LiveTimeline, MessageItem, PendingItem, TimelineState } from './api/timeline.ts';
import { asRillError, RillError } from './error.ts';
import { Derived } from './living.ts';
import { Edges, type Side } from './timeline/edges.ts';
import { type Changed, Loaded } from './timeline/loaded.ts';
import { Loads } from './timeline/loads.ts';
import { pendingItems } from './timeline/pending.ts';
import { Rows } from './timeline/rows.ts';

export interface TimelineDeps {
  readonly page: (query: PageQuery) => Promise<Page>;
  /** The first message that may be seen. */
  readonly fromSeq: () => number;
  /** A page came at this position; false: it is of another life of the room and must not be shown. */
  readonly arrived: (cursor: Cursor) => boolean;
  readonly asked: () => readonly OutboxItem[];
  readonly me: () => UserId | undefined;
  readonly canReEdit: (seq: number) => boolean;
  /** After which message the user left; undefined where nothing is unread. */
  readonly leftAt: () => number | undefined;
  /** At most so many messages in memory. */
  readonly loaded: number;
}

const PAGE = 100;
/** The largest page there is, to look over what is loaded already. */
const CHECK = 200;

/** What of a room's log is loaded, and what is shown of it. */
export class Timeline implements LiveTimeline {
  readonly #deps: TimelineDeps;
  readonly #loaded: Loaded;
  readonly #loads = new Loads();
  readonly #edges = new Edges();
  readonly #state = new Derived(() => this.#compute());
  /** Under which nonce a message was shown before it had a seq. */
  readonly #nonces = new Map<number, string>();
  readonly #rows: Rows;
  #renewed = new Set<number>();
  #pending: readonly PendingItem[] = [];
  #name: TimelineState['name'] = 'empty';
  #turn = 0;
  #doubted = false;
  #leftAt: number | undefined;

  constructor(deps: TimelineDeps) {
    this.#deps = deps;
    this.#loaded = new Loaded(deps.loaded);
    const nonceOf = (seq: number) => this.#nonces.get(seq);
    this.#rows = new Rows({ loaded: this.#loaded, me: deps.me, canReEdit: deps.canReEdit, nonceOf });
  }

  snapshot(): TimelineState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  async loadOlder(): Promise<void> {
    if (!this.isLoaded()) return this.toEnd();
    if (this.#hasOlder()) await this.#extend('older', { before: this.#loaded.first(), limit: PAGE });
  }

  async loadNewer(): Promise<void> {
    if (!this.isLoaded()) return this.toEnd();
    if (!this.#loaded.atEnd()) await this.#extend('newer', { after: this.#loaded.last(), limit: PAGE });
  }

  async jump(seq: number): Promise<string | undefined> {
    if (this.message(seq) === undefined) await this.#replace({ around: seq, limit: PAGE });
    const item = this.snapshot().items[this.#rows.indexOf(seq)];
    return item?.kind === 'message' && item.seq === seq ? item.key : undefined;
  }

  async toEnd(): Promise<void> {
    if (!this.#loaded.atEnd()) await this.#replace({ limit: PAGE });
  }

  resetFirstUnread(): void {
    this.#leftAt = this.#deps.leftAt();
    this.#state.touch();
  }

  isLoaded(): boolean {
    return this.#loaded.isThere();
  }

  message(seq: number): Message | undefined {
    return this.#loaded.message(seq);
  }

  /** A message is new, or is now so. `nonce`: under which it was shown before it had a seq. */
  apply(message: Message, nonce?: string): void {
    this.#loads.note(message);
    if (nonce !== undefined) this.#nonces.set(message.seq, nonce);
    this.#loaded.apply(message);
    if (this.isLoaded()) this.#state.touch();
  }

  /** A message that is loaded, or on its way, is now so. */
  replace(message: Message): void {
    if (this.message(message.seq) !== undefined) this.apply(message);
    else this.#loads.note(message);
  }

  /** What was asked changed. */
  touch(): void {
    this.#state.touch();
  }

  /** A message may, or may no longer, be edited anew after its recall. */
  renew(seq: number): void {
    this.#renewed.add(seq);
    this.#state.touch();
  }

  /** Loads what is on the screen, or the newest, anew, whatever else is on its way. Resolves to its position. */
  async reload(): Promise<Cursor> {
    const isEnd = !this.isLoaded() || this.#loaded.atEnd();
    const query = isEnd ? {} : { around: this.#loaded.first() + (this.#loaded.count() >> 1) };
    this.#loads.abandon();
    this.#edges.rest('older', 'newer');
    const came = await this.#loads.load(() => this.#deps.page({ ...query, limit: PAGE }));
    if (came === undefined) throw new RillError('discarded');
    this.#show(came.page, came.since);
    return { rev: came.page.rev, epoch: came.page.epoch };
  }

  /** Shows what the device has kept, the newest at the end. */
  restore(messages: readonly Message[]): void {
    this.#name = this.#loaded.restore(messages) ? 'kept' : 'empty';
    this.#state.touch();
  }

  /** What is shown is as the server has it. */
  settle(): void {
    if (this.#name !== 'kept') return;
    this.#name = 'ready';
    this.#state.touch();
  }

  /** Some of what is loaded may have been hidden on another device. */
  doubt(): void {
    this.#doubted = true;
  }

  isDoubted(): boolean {
    return this.#doubted;
  }

  /** Looks over what is loaded where it is doubted; false where it has to be tried again. Nothing moves. */
  async recheck(): Promise<boolean> {
    while (this.#doubted) {
      this.#doubted = false;
      const last = this.#loaded.last();
      for (let after = this.#loaded.first() - 1; after < last; after += CHECK) {
        const isChecked = await this.#check({ after, limit: CHECK });
        if (!isChecked) this.#doubted = true;
        if (!isChecked) return false;
      }
    }
    return true;
  }

  /** What failed on an old line may be asked for again. */
  forgive(): void {
    this.#edges.forgive();
    this.#state.touch();
  }

  /** Forgets what is loaded. */
  drop(): void {
    this.#loads.abandon();
    this.#edges.rest('older', 'newer');
    this.#loaded.drop();
    this.#doubted = false;
    this.#name = 'empty';
    this.#leftAt = undefined;
    this.#nonces.clear();
    this.#state.touch();
  }

  /** The newest messages, to be kept by the device; undefined while the end is not loaded. */
  tail(max: number): readonly Message[] | undefined {
    return this.#loaded.atEnd() ? this.#loaded.tail(max) : undefined;
  }

  async #replace(query: PageQuery): Promise<void> {
    this.#loads.abandon();
    await this.#load(['older', 'newer'], query, (page, since) => this.#show(page, since));
  }

  async #extend(side: Side, query: PageQuery): Promise<void> {
    if (this.#edges.isLoading(side)) return;
    await this.#load([side], query, (page, since) => this.#loaded.merge(side, page, since));
  }

  async #load(sides: readonly Side[], query: PageQuery, use: (page: Page, since: readonly Message[]) => void) {
    this.#edges.loading(...sides);
    this.#state.touch();
    try {
      const came = await this.#loads.load(() => this.#deps.page(query));
      if (came === undefined) return;
      this.#edges.rest(...sides);
      const { page, since } = came;
      if (this.#deps.arrived({ rev: page.rev, epoch: page.epoch })) use(page, since);
    } catch (error) {
      this.#edges.failed(asRillError(error), ...sides);
    }
    this.#state.touch();
  }

  async #check(query: PageQuery): Promise<boolean> {
    const came = await this.#loads.load(() => this.#deps.page(query)).catch(() => undefined);
    if (came === undefined || !this.#deps.arrived({ rev: came.page.rev, epoch: came.page.epoch })) return false;
    for (const message of [...came.page.messages, ...came.since]) this.#loaded.replace(message);
    this.#state.touch();
    return true;
  }

  #show(page: Page, since: readonly Message[]): void {
    if (!this.#loaded.show(page, since)) return;
    this.#name = 'ready';
    this.#doubted = false;
    this.#turn += 1;
    this.#state.touch();
  }

  #hasOlder(): boolean {
    return this.isLoaded() && this.#loaded.first() > this.#deps.fromSeq();
  }

  #compute(): TimelineState {
    const atEnd = !this.isLoaded() || this.#loaded.atEnd();
    const asked = this.#deps.asked();
    const rows = this.#rows.update(this.#takeChanged(), asked);
    this.#pending = atEnd ? pendingItems(asked, this.#deps.me(), this.#pending) : [];
    return {
      name: this.#name,
      items: [...rows, ...this.#pending],
      older: this.#edges.of('older', this.#hasOlder()),
      newer: this.#edges.of('newer', !atEnd),
      firstUnread: this.#leftAt === undefined ? undefined : this.#firstAfter(rows, this.#leftAt),
      first: this.#loaded.count() === 0 ? 0 : this.#loaded.first(),
      last: this.#loaded.count() === 0 ? 0 : this.#loaded.last(),
      turn: this.#turn,
    };
  }

  #takeChanged(): Changed {
    const changed = this.#loaded.takeChanged();
    const renewed = this.#renewed;
    if (renewed.size === 0) return changed;
    this.#renewed = new Set();
    return changed === 'all' ? changed : new Set([...changed, ...renewed]);
  }

  /** The first message of somebody else after a seq. */
  #firstAfter(rows: readonly MessageItem[], seq: number): number | undefined {
    for (let index = this.#rows.indexOf(seq + 1); index < rows.length; index += 1) {
      const row = rows[index];
      if (row?.message.kind === 'text' && !row.mine) return row.seq;
    }
    return undefined;
  }
}
