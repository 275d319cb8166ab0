import type { Message, Page } from '@rill/protocol';
import type { Side } from './edges.ts';
import { join, lastOf, messageAt, place, type Stretch, stretchOf, trim } from './stretch.ts';

const NONE: readonly Message[] = [];

/** The stretch of a room's log that is in memory, and how it stands to the newest message. */
export class Loaded {
  readonly #max: number;
  #stretch: Stretch | undefined;
  #head = 0;

  constructor(max: number) {
    this.#max = max;
  }

  isThere(): boolean {
    return this.#stretch !== undefined;
  }

  /** Whether the newest message there is is loaded. */
  atEnd(): boolean {
    return this.#stretch !== undefined && lastOf(this.#stretch) >= this.#head;
  }

  messages(): readonly Message[] {
    return this.#stretch?.messages ?? NONE;
  }

  message(seq: number): Message | undefined {
    return this.#stretch === undefined ? undefined : messageAt(this.#stretch, seq);
  }

  /** The first seq; where nothing can be seen, the first that could be. */
  first(): number | undefined {
    return this.#stretch?.first;
  }

  last(): number | undefined {
    return this.#stretch === undefined ? undefined : lastOf(this.#stretch);
  }

  /** A message is new, or is now so. Whether anything changed. */
  apply(message: Message): boolean {
    const wasAtEnd = this.atEnd();
    this.#head = Math.max(this.#head, message.seq);
    const stretch = this.#stretch;
    if (stretch === undefined) return false;
    // Away from the end a new message is only known to be there.
    const fits = message.seq <= lastOf(stretch) || wasAtEnd;
    if (fits) this.#stretch = trim(place(stretch, message), this.#max, 'newest');
    return true;
  }

  /** A message that is loaded is now so. */
  replace(message: Message): void {
    if (this.message(message.seq) !== undefined) this.apply(message);
  }

  /** Adds a page at one end; too much at the other end is let go. */
  merge(side: Side, page: Page, since: readonly Message[]): void {
    const came = stretchOf(page.messages, page.seq + 1);
    this.#head = Math.max(this.#head, page.seq);
    if (this.#stretch === undefined || came === undefined || came.messages.length === 0) return;
    const joined = side === 'older' ? join(came, this.#stretch) : join(this.#stretch, came);
    if (joined === undefined) return;
    this.#stretch = trim(since.reduce(place, joined), this.#max, side === 'older' ? 'oldest' : 'newest');
  }

  /** A page in place of everything; whether it could be used. */
  show(page: Page, since: readonly Message[]): boolean {
    const came = stretchOf(page.messages, page.seq + 1);
    if (came === undefined) return false;
    this.#head = Math.max(page.seq, ...since.map((message) => message.seq));
    this.#stretch = since.reduce(place, came);
    return true;
  }

  /** What the device has kept: it ended at the newest. */
  restore(messages: readonly Message[]): boolean {
    this.#stretch = messages.length === 0 ? undefined : stretchOf(messages, 1);
    this.#head = this.last() ?? 0;
    return this.isThere();
  }

  drop(): void {
    this.#stretch = undefined;
    this.#head = 0;
  }
}
