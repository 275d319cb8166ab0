import type { Message, Page } from '@rill/protocol';
import type { Side } from './edges.ts';

/** Which loaded messages are not what they were: some, or nobody knows which. */
export type Changed = ReadonlySet<number> | 'all';

/** Whether one sight of a message gives way to another: hidden is for good, and else only to a newer one. */
export function yields(old: Message, to: Message): boolean {
  if (old.kind === 'hidden' || old.kind === 'gone') return false;
  return to.kind === 'hidden' || to.kind === 'gone' || to.rev > old.rev;
}

/**
 * The stretch of a room's log that is in memory, without holes, and how it stands to the newest message. It is changed
 * in place: with a hundred thousand messages loaded, one more must not cost a copy of them all.
 */
export class Loaded {
  readonly #max: number;
  #isThere = false;
  #first = 1;
  /** `#messages[i].seq` is `#first + i`. */
  #messages: Message[] = [];
  #head = 0;
  #changed = new Set<number>();
  #isNew = true;

  constructor(max: number) {
    this.#max = max;
  }

  isThere(): boolean {
    return this.#isThere;
  }

  /** Whether the newest message there is is loaded. */
  atEnd(): boolean {
    return this.#isThere && this.last() >= this.#head;
  }

  /** The first seq; where nothing is to be seen, the one after the head. */
  first(): number {
    return this.#first;
  }

  /** The last seq; one before the first where there is nothing. */
  last(): number {
    return this.#first + this.#messages.length - 1;
  }

  count(): number {
    return this.#messages.length;
  }

  message(seq: number): Message | undefined {
    return this.#messages[seq - this.#first];
  }

  /** The newest ones. */
  tail(max: number): readonly Message[] {
    return this.#messages.slice(-max);
  }

  /** Which messages are not what they were when this was asked last, besides those that came or went at an end. */
  takeChanged(): Changed {
    const changed = this.#isNew ? 'all' : this.#changed;
    this.#isNew = false;
    if (this.#changed.size > 0) this.#changed = new Set();
    return changed;
  }

  /** A message is new, or is now so. One that would leave a hole is only known to be there. */
  apply(message: Message): void {
    this.#head = Math.max(this.#head, message.seq);
    if (!this.#isThere) return;
    if (message.seq === this.last() + 1) this.#messages.push(message);
    else this.replace(message);
    // Not with each message that is one too many: letting go is work for everybody who looks.
    if (this.#messages.length > this.#max * 1.25) this.#letGo('older');
  }

  /** A message that is loaded is now so. */
  replace(message: Message): void {
    const index = message.seq - this.#first;
    const old = this.#messages[index];
    if (old === undefined || !yields(old, message)) return;
    this.#messages[index] = message;
    this.#changed.add(message.seq);
  }

  /** Adds a page at one end; too much at the other end is let go. */
  merge(side: Side, page: Page, since: readonly Message[]): void {
    this.#head = Math.max(this.#head, page.seq);
    const came = page.messages;
    if (!this.#isThere || !isWhole(came)) return;
    const [from, to] = [came[0]?.seq ?? 0, came.at(-1)?.seq ?? 0];
    // A hole between the two: what is loaded is not what it was when the page was asked for.
    if (to < this.#first - 1 || from > this.last() + 1) return;
    const older = came.filter(({ seq }) => seq < this.#first);
    const newer = came.filter(({ seq }) => seq > this.last());
    for (const message of came) this.replace(message);
    if (older.length > 0) {
      this.#messages = older.concat(this.#messages);
      this.#first = from;
    }
    for (const message of newer) this.#messages.push(message);
    for (const message of since) this.apply(message);
    if (this.#messages.length > this.#max) this.#letGo(side === 'older' ? 'newer' : 'older');
  }

  /** A page in place of everything; whether it could be used. */
  show(page: Page, since: readonly Message[]): boolean {
    if (page.messages.length > 0 && !isWhole(page.messages)) return false;
    this.#take(page.messages, page.seq);
    for (const message of since) this.apply(message);
    return true;
  }

  /** What the device has kept: it ended at the newest. */
  restore(messages: readonly Message[]): boolean {
    if (isWhole(messages)) this.#take(messages, messages.at(-1)?.seq ?? 0);
    return this.#isThere;
  }

  drop(): void {
    this.#take([], 0);
    this.#isThere = false;
  }

  #take(messages: readonly Message[], head: number): void {
    this.#isThere = true;
    this.#isNew = true;
    this.#messages = [...messages];
    this.#first = messages[0]?.seq ?? head + 1;
    this.#head = head;
  }

  #letGo(side: Side): void {
    const spare = this.#messages.length - this.#max;
    if (spare <= 0) return;
    if (side === 'newer') this.#messages.length = this.#max;
    else {
      this.#messages.splice(0, spare);
      this.#first += spare;
    }
  }
}

/** Some messages, no number left out. */
function isWhole(messages: readonly Message[]): boolean {
  const first = messages[0]?.seq;
  return first !== undefined && messages.every((message, index) => message.seq === first + index);
}
