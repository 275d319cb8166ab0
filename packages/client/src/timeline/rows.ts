import type { UserId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import type { MessageItem, PendingAct } from '../api/timeline.ts';
import { actsBySeq, sameAct } from './acts.ts';
import type { Changed, Loaded } from './loaded.ts';

export interface RowsDeps {
  readonly loaded: Loaded;
  readonly me: () => UserId | undefined;
  /** The nonce under which a message was shown before it had a seq: its row stays the same row. */
  readonly nonceOf: (seq: number) => string | undefined;
  readonly canReEdit: (seq: number) => boolean;
}

/** The rows of the loaded messages: only what changed is made anew. */
export class Rows {
  readonly #deps: RowsDeps;
  /** Ascending by seq, without what is hidden. */
  #rows: MessageItem[] = [];
  /** Which seqs the rows stand for, hidden ones included. */
  #first = 1;
  #last = 0;
  #acts: ReadonlyMap<number, PendingAct> = new Map();

  constructor(deps: RowsDeps) {
    this.#deps = deps;
  }

  /** In step with what is loaded and what was asked. Not to be changed, nor kept: it is the living array. */
  update(changed: Changed, asked: readonly OutboxItem[]): readonly MessageItem[] {
    const touched = this.#takeActs(asked);
    const { loaded } = this.#deps;
    const [first, last] = [loaded.first(), loaded.last()];
    if (changed === 'all' || first > this.#last + 1 || last < this.#first - 1) this.#rows = this.#make(first, last);
    else {
      this.#toEnds(first, last);
      for (const seq of changed) this.#renew(seq);
      for (const seq of touched) this.#renew(seq);
    }
    this.#first = first;
    this.#last = last;
    return this.#rows;
  }

  /** Where the first row stands whose seq is not below this one. */
  indexOf(seq: number): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#rows[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What was asked of messages now; the messages for which that changed. */
  #takeActs(asked: readonly OutboxItem[]): number[] {
    const old = this.#acts;
    const acts = actsBySeq(asked);
    this.#acts = acts;
    if (old.size === 0 && acts.size === 0) return [];
    return [...new Set([...old.keys(), ...acts.keys()])].filter((seq) => !sameAct(old.get(seq), acts.get(seq)));
  }

  /** Lets go of what is not loaded any more at either end, and adds what is new there. */
  #toEnds(first: number, last: number): void {
    if (last < this.#last) this.#rows.length = this.indexOf(last + 1);
    if (first > this.#first) this.#rows.splice(0, this.indexOf(first));
    if (first < this.#first) this.#rows = this.#make(first, this.#first - 1).concat(this.#rows);
    if (last > this.#last) for (const row of this.#make(Math.max(first, this.#last + 1), last)) this.#rows.push(row);
  }

  #renew(seq: number): void {
    const index = this.indexOf(seq);
    const old = this.#rows[index]?.seq === seq ? 1 : 0;
    const row = this.#row(seq);
    if (row !== undefined && old === 1) this.#rows[index] = row;
    else if (row !== undefined || old === 1) this.#rows.splice(index, old, ...(row === undefined ? [] : [row]));
  }

  #make(from: number, to: number): MessageItem[] {
    const rows: MessageItem[] = [];
    for (let seq = from; seq <= to; seq += 1) {
      const row = this.#row(seq);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  #row(seq: number): MessageItem | undefined {
    const message = this.#deps.loaded.message(seq);
    if (message === undefined || message.kind === 'hidden' || message.kind === 'gone') return undefined;
    const act = this.#acts.get(seq);
    if (act?.kind === 'hide' && act.error === undefined) return undefined;
    const key = this.#deps.nonceOf(seq) ?? `${seq}`;
    const mine = message.author === this.#deps.me();
    const reEdit = 'recalled' in message && this.#deps.canReEdit(seq);
    return { kind: 'message', key, seq, message, mine, reEdit, ...(act === undefined ? {} : { act }) };
  }
}
