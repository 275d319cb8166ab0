import type { Cursor, Message, PageQuery, UserId } from '@rill/protocol';
import type { OutboxItem } from './api/outbox.ts';
import type { LiveTimeline, PendingItem, TimelineItem, TimelineState } from './api/timeline.ts';
import { Derived } from './living.ts';
import type { Side } from './timeline/edges.ts';
import { Loaded } from './timeline/loaded.ts';
import { Pages, type PagesDeps, type Use } from './timeline/pages.ts';
import { pendingItems } from './timeline/pending.ts';
import { Rows } from './timeline/rows.ts';

export interface TimelineDeps extends Omit<PagesDeps, 'changed'> {
  /** The first message that may be seen. */
  readonly fromSeq: () => number;
  readonly asked: () => readonly OutboxItem[];
  readonly me: () => UserId | undefined;
  readonly canReEdit: (seq: number) => boolean;
  /** After which message the user left; undefined where nothing is unread. */
  readonly leftAt: () => number | undefined;
  /** At most so many messages in memory. */
  readonly loaded: number;
}

interface Going {
  readonly goal: PageQuery;
  readonly done: Promise<void>;
  readonly end: () => void;
}

const PAGE = 100;
/** The largest page there is, to look over what is loaded already. */
const CHECK = 200;

/** What of a room's log is loaded, and what is shown of it. */
export class Timeline implements LiveTimeline {
  readonly #deps: TimelineDeps;
  readonly #loaded: Loaded;
  readonly #pages: Pages;
  readonly #state = new Derived(() => this.#compute());
  readonly #rows: Rows;
  #pending: readonly PendingItem[] = [];
  #name: TimelineState['name'] = 'empty';
  #turn = 0;
  /** How often what is loaded was doubted, and how many of these times it was looked over since. */
  #doubts = 0;
  #cleared = 0;
  #checking: Promise<boolean> | undefined;
  #leftAt: number | undefined;
  /** Where somebody asked to go and has not arrived. */
  #going: Going | undefined;

  constructor(deps: TimelineDeps) {
    this.#deps = deps;
    this.#loaded = new Loaded(deps.loaded);
    this.#rows = new Rows({ loaded: this.#loaded, me: deps.me, canReEdit: deps.canReEdit });
    this.#pages = new Pages({ page: deps.page, arrived: deps.arrived, changed: () => this.#state.touch() });
  }

  snapshot(): TimelineState {
    return this.#state.snapshot();
  }

  subscribe(listener: () => void): () => void {
    return this.#state.subscribe(listener);
  }

  async loadOlder(): Promise<void> {
    if (!this.isLoaded()) return this.loadFirst();
    if (this.#hasOlder()) await this.#extend('older', { before: this.#loaded.first() });
  }

  async loadNewer(): Promise<void> {
    if (!this.isLoaded()) return this.loadFirst();
    if (!this.#loaded.atEnd()) await this.#extend('newer', { after: this.#loaded.last() });
  }

  async jump(seq: number): Promise<string | undefined> {
    if (this.message(seq) === undefined) await this.#go({ around: seq });
    const item = this.snapshot().items[this.#rows.indexOf(seq)];
    return item?.kind === 'message' && item.seq === seq ? item.key : undefined;
  }

  async toEnd(): Promise<void> {
    if (!this.#loaded.atEnd()) await this.#go({});
  }

  /** Something to show, where there is nothing: what somebody asked for already, or the newest. */
  async loadFirst(): Promise<void> {
    await (this.#going === undefined ? this.toEnd() : this.#pursue(this.#going));
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
    this.#pages.note(message);
    if (nonce !== undefined) this.#rows.wasShownAs(message.seq, nonce);
    this.#loaded.apply(message);
    if (this.isLoaded()) this.#state.touch();
  }

  /** A message that is loaded, or on its way, is now so. */
  replace(message: Message): void {
    if (this.message(message.seq) !== undefined) this.apply(message);
    else this.#pages.note(message);
  }

  /** What was asked changed. */
  touch(): void {
    this.#state.touch();
  }

  /** A message may, or may no longer, be edited anew after its recall. */
  renew(seq: number): void {
    this.#rows.renew(seq);
    this.#state.touch();
  }

  /**
   * Loads anew where somebody is on the way to, what is on the screen, or the newest, whatever else is on its way.
   * Resolves to its position.
   */
  reload(): Promise<Cursor> {
    const isEnd = !this.isLoaded() || this.#loaded.atEnd();
    const here = isEnd ? {} : { around: this.#loaded.first() + (this.#loaded.count() >> 1) };
    return this.#pages.renew({ ...(this.#going?.goal ?? here), limit: PAGE }, this.#show);
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
    this.#doubts += 1;
  }

  isDoubted(): boolean {
    return this.#doubts > this.#cleared;
  }

  /** Looks over what is loaded where it is doubted; false where it has to be tried again. Nothing moves. */
  recheck(): Promise<boolean> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #check(): Promise<boolean> {
    while (this.isDoubted()) {
      const doubts = this.#doubts;
      const last = this.#loaded.last();
      for (let after = this.#loaded.first() - 1; after < last; after += CHECK) {
        if (!(await this.#pages.check({ after, limit: CHECK }, this.#correct))) return false;
      }
      // Not before: what the device keeps meanwhile is still in doubt.
      this.#cleared = doubts;
    }
    return true;
  }

  /** What failed on an old line may be asked for again. */
  forgive(): void {
    this.#pages.forgive();
    this.#state.touch();
  }

  /** Forgets what is loaded. */
  drop(): void {
    this.#pages.abandon();
    this.#loaded.drop();
    this.#rows.forget();
    this.#cleared = this.#doubts;
    this.#name = 'empty';
    this.#leftAt = undefined;
    this.#endGoing();
    this.#state.touch();
  }

  /** The newest messages, to be kept by the device; undefined while the end is not loaded. */
  tail(max: number): readonly Message[] | undefined {
    return this.#loaded.atEnd() ? this.#loaded.tail(max) : undefined;
  }

  readonly #show: Use = (page, since) => {
    if (!this.#loaded.show(page, since)) return;
    this.#name = 'ready';
    this.#cleared = this.#doubts;
    this.#turn += 1;
    this.#state.touch();
    this.#endGoing();
  };

  readonly #correct: Use = (page, since) => {
    for (const message of [...page.messages, ...since]) this.#loaded.replace(message);
    this.#state.touch();
  };

  /** Another stretch. What reloads meanwhile takes its place, and goes there too. */
  async #go(goal: PageQuery): Promise<void> {
    this.#endGoing();
    const { promise: done, resolve: end } = Promise.withResolvers<void>();
    this.#going = { goal, done, end };
    await this.#pursue(this.#going);
  }

  async #pursue(going: Going): Promise<void> {
    const isTold = await this.#pages.replace({ ...going.goal, limit: PAGE }, this.#show);
    if (isTold && this.#going === going) this.#endGoing();
    await going.done;
  }

  /** Arrived, given up, or on the way to somewhere else. */
  #endGoing(): void {
    this.#going?.end();
    this.#going = undefined;
  }

  #extend(side: Side, query: PageQuery): Promise<void> {
    return this.#pages.extend(side, { ...query, limit: PAGE }, (page, since) => this.#loaded.merge(side, page, since));
  }

  #hasOlder(): boolean {
    return this.isLoaded() && this.#loaded.first() > this.#deps.fromSeq();
  }

  #compute(): TimelineState {
    const atEnd = !this.isLoaded() || this.#loaded.atEnd();
    const asked = this.#deps.asked();
    const rows: readonly TimelineItem[] = this.#rows.update(asked);
    this.#pending = atEnd ? pendingItems(asked, this.#deps.me(), this.#pending) : [];
    return {
      name: this.#name,
      // Not spread: of ten thousand, that makes room for half as many more.
      items: rows.concat(this.#pending),
      older: this.#pages.edge('older', this.#hasOlder()),
      newer: this.#pages.edge('newer', !atEnd),
      firstUnread: this.#leftAt === undefined ? undefined : this.#rows.firstOfOthersAfter(this.#leftAt),
      first: this.#loaded.count() === 0 ? 0 : this.#loaded.first(),
      last: this.#loaded.count() === 0 ? 0 : this.#loaded.last(),
      turn: this.#turn,
    };
  }
}
