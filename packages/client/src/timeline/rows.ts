import type { UserId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import type { MessageItem, PendingAct } from '../api/timeline.ts';
import { actsBySeq, sameAct } from './acts.ts';
import type { Changed, Loaded } from './loaded.ts';

export interface RowsDeps {
  readonly loaded: Loaded;
  readonly me: () => UserId | undefined;
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
  readonly #nonces = new Map<number, string>();
  #renewed = new Set<number>();

  constructor(deps: RowsDeps) {
    this.#deps = deps;
  }

  /** The nonce under which a message was shown before it had a seq: its row stays the same row. */
  wasShownAs(seq: number, nonce: string): void {
    this.#nonces.set(seq, nonce);
  }

  /** Something else than the message itself changed how it is shown. */
  renew(seq: number): void {
    this.#renewed.add(seq);
  }

  /** What is loaded was dropped. */
  forget(): void {
    this.#nonces.clear();
  }

  /** In step with what is loaded and what was asked. Not to be changed, nor kept: it is the living array. */
  update(asked: readonly OutboxItem[]): readonly MessageItem[] {
    const { loaded } = this.#deps;
    const changed = this.#takeChanged();
    const touched = this.#takeActs(asked);
    const [first, last] = [loaded.first(), loaded.last()];
    if (changed === 'all' || first > this.#last + 1 || last < this.#first - 1) this.#rows = this.#make(first, last);
    else {
      this.#toEnds(first, last);
      for (const seq of changed) this.#remake(seq);
      for (const seq of touched) this.#remake(seq);
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

  /** The first message of somebody else after a seq. */
  firstOfOthersAfter(seq: number): number | undefined {
    for (let index = this.indexOf(seq + 1); index < this.#rows.length; index += 1) {
      const row = this.#rows[index];
      if (row?.message.kind === 'text' && !row.mine) return row.seq;
    }
    return undefined;
  }

  #takeChanged(): Changed {
    const changed = this.#deps.loaded.takeChanged();
    const renewed = this.#renewed;
    if (renewed.size === 0) return changed;
    this.#renewed = new Set();
    return changed === 'all' ? changed : new Set([...changed, ...renewed]);
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

  #remake(seq: number): void {
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
    const key = this.#nonces.get(seq) ?? `${seq}`;
    const mine = message.author === this.#deps.me();
    const reEdit = 'recalled' in message && this.#deps.canReEdit(seq);
    return { kind: 'message', key, seq, message, mine, reEdit, ...(act === undefined ? {} : { act }) };
  }
}
