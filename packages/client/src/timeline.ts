import type { Cursor, Message, Page, PageQuery, UserId } from '@rill/protocol';
import type { OutboxItem } from './api/outbox.ts';
import type { LiveTimeline, TimelineItem, TimelineState } from './api/timeline.ts';
import { asRillError, RillError } from './error.ts';
import { Derived } from './living.ts';
import { Edges, type Side } from './timeline/edges.ts';
import { firstAfter, makeItems } from './timeline/items.ts';
import { Loads } from './timeline/loads.ts';
import { join, lastOf, messageAt, place, type Stretch, stretchOf, trim } from './timeline/stretch.ts';

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

/** What of a room's log is loaded, and what is shown of it. */
export class Timeline implements LiveTimeline {
  readonly #deps: TimelineDeps;
  readonly #loads = new Loads();
  readonly #edges = new Edges();
  readonly #state = new Derived(() => this.#compute());
  readonly #nonces = new Map<number, string>();
  #keys: ReadonlyMap<string, TimelineItem> = new Map();
  #stretch: Stretch | undefined;
  #name: TimelineState['name'] = 'empty';
  #head = 0;
  #turn = 0;
  #leftAt: number | undefined;

  constructor(deps: TimelineDeps) {
    this.#deps = deps;
  }

  snapshot(): TimelineState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  async loadOlder(): Promise<void> {
    const stretch = this.#stretch;
    if (stretch === undefined) return this.toEnd();
    if (this.#hasOlder()) await this.#extend('older', { before: stretch.first, limit: PAGE });
  }

  async loadNewer(): Promise<void> {
    const stretch = this.#stretch;
    if (stretch === undefined) return this.toEnd();
    if (!this.atEnd()) await this.#extend('newer', { after: lastOf(stretch), limit: PAGE });
  }

  async jump(seq: number): Promise<string | undefined> {
    if (this.message(seq) === undefined) await this.#replace({ around: seq, limit: PAGE });
    return this.snapshot().items.find((item) => item.kind === 'message' && item.seq === seq)?.key;
  }

  async toEnd(): Promise<void> {
    if (!this.atEnd()) await this.#replace({ limit: PAGE });
  }

  resetFirstUnread(): void {
    this.#leftAt = this.#deps.leftAt();
    this.#state.touch();
  }

  /** Whether the newest message there is is loaded. */
  atEnd(): boolean {
    return this.#stretch !== undefined && lastOf(this.#stretch) >= this.#head;
  }

  isLoaded(): boolean {
    return this.#stretch !== undefined;
  }

  message(seq: number): Message | undefined {
    return this.#stretch === undefined ? undefined : messageAt(this.#stretch, seq);
  }

  /** A message is new, or is now so. `nonce`: under which it was shown before it had a seq. */
  apply(message: Message, nonce?: string): void {
    this.#loads.note(message);
    if (nonce !== undefined) this.#nonces.set(message.seq, nonce);
    const wasAtEnd = this.atEnd();
    this.#head = Math.max(this.#head, message.seq);
    const stretch = this.#stretch;
    if (stretch === undefined) return;
    // Away from the end a new message is only known to be there.
    const fits = message.seq <= lastOf(stretch) || wasAtEnd;
    if (fits) this.#stretch = trim(place(stretch, message), this.#deps.loaded, 'newest');
    this.#state.touch();
  }

  /** A message that is loaded, or on its way, is now so. */
  replace(message: Message): void {
    if (this.message(message.seq) !== undefined) this.apply(message);
    else this.#loads.note(message);
  }

  /** What stands beside the log (outbox, re-edit, who one is) changed. */
  touch(): void {
    this.#state.touch();
  }

  /** Loads what is on the screen, or the newest, anew, whatever else is on its way. Resolves to its position. */
  async reload(): Promise<Cursor> {
    const stretch = this.#stretch;
    const middle = stretch === undefined || this.atEnd() ? undefined : stretch.first + (stretch.messages.length >> 1);
    this.#loads.abandon();
    this.#edges.rest('older', 'newer');
    const query = middle === undefined ? { limit: PAGE } : { around: middle, limit: PAGE };
    const loaded = await this.#loads.load(() => this.#deps.page(query));
    if (loaded === undefined) throw new RillError('discarded');
    this.#show(loaded.page, loaded.since);
    return { rev: loaded.page.rev, epoch: loaded.page.epoch };
  }

  /** Shows what the device has kept, the newest at the end. */
  restore(messages: readonly Message[]): void {
    this.#stretch = stretchOf(messages, 1);
    this.#head = this.#stretch === undefined ? 0 : lastOf(this.#stretch);
    this.#name = this.#stretch === undefined ? 'empty' : 'kept';
    this.#state.touch();
  }

  /** What is shown is as the server has it. */
  settle(): void {
    if (this.#name !== 'kept') return;
    this.#name = 'ready';
    this.#state.touch();
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
    this.#stretch = undefined;
    this.#name = 'empty';
    this.#head = 0;
    this.#leftAt = undefined;
    this.#nonces.clear();
    this.#keys = new Map();
    this.#state.touch();
  }

  /** The newest messages, to be kept by the device; undefined while the end is not loaded. */
  tail(max: number): readonly Message[] | undefined {
    if (this.#stretch === undefined || !this.atEnd()) return undefined;
    return trim(this.#stretch, max, 'newest').messages;
  }

  async #replace(query: PageQuery): Promise<void> {
    this.#loads.abandon();
    await this.#load(['older', 'newer'], query, (page, since) => this.#show(page, since));
  }

  async #extend(side: Side, query: PageQuery): Promise<void> {
    if (this.#edges.isLoading(side)) return;
    await this.#load([side], query, (page, since) => this.#merge(side, page, since));
  }

  async #load(
    sides: readonly Side[],
    query: PageQuery,
    use: (page: Page, since: readonly Message[]) => void,
  ): Promise<void> {
    this.#edges.loading(...sides);
    this.#state.touch();
    try {
      const loaded = await this.#loads.load(() => this.#deps.page(query));
      if (loaded === undefined) return;
      this.#edges.rest(...sides);
      const { page, since } = loaded;
      if (this.#deps.arrived({ rev: page.rev, epoch: page.epoch })) use(page, since);
    } catch (error) {
      this.#edges.failed(asRillError(error), ...sides);
    }
    this.#state.touch();
  }

  #merge(side: Side, page: Page, since: readonly Message[]): void {
    const came = stretchOf(page.messages, page.seq + 1);
    this.#head = Math.max(this.#head, page.seq);
    if (this.#stretch === undefined || came === undefined || came.messages.length === 0) return;
    const joined = side === 'older' ? join(came, this.#stretch) : join(this.#stretch, came);
    if (joined === undefined) return;
    this.#stretch = trim(since.reduce(place, joined), this.#deps.loaded, side === 'older' ? 'oldest' : 'newest');
  }

  #show(page: Page, since: readonly Message[]): void {
    const came = stretchOf(page.messages, page.seq + 1);
    if (came === undefined) return;
    this.#head = Math.max(page.seq, ...since.map((message) => message.seq));
    this.#stretch = since.reduce(place, came);
    this.#name = 'ready';
    this.#turn += 1;
    this.#state.touch();
  }

  #hasOlder(): boolean {
    return this.#stretch !== undefined && this.#stretch.first > this.#deps.fromSeq();
  }

  #compute(): TimelineState {
    const stretch = this.#stretch;
    const messages = stretch?.messages ?? [];
    const atEnd = stretch === undefined || this.atEnd();
    const { me, asked, canReEdit } = this.#deps;
    const nonceOf = (seq: number) => this.#nonces.get(seq);
    const items = makeItems({ messages, asked: asked(), me: me(), nonceOf, canReEdit, atEnd }, this.#keys);
    this.#keys = new Map(items.map((item) => [item.key, item]));
    return {
      name: this.#name,
      items,
      older: this.#edges.of('older', this.#hasOlder()),
      newer: this.#edges.of('newer', !atEnd),
      firstUnread: this.#leftAt === undefined ? undefined : firstAfter(items, this.#leftAt),
      first: messages[0]?.seq ?? 0,
      last: messages.at(-1)?.seq ?? 0,
      turn: this.#turn,
    };
  }
}
