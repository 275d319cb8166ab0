import type { RoomId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import type { KeptEntry, Store } from '../store.ts';
import { type Entry, itemOf } from './entry.ts';

export interface EntriesDeps {
  readonly store: Pick<Store, 'putEntry' | 'dropEntry'>;
  /** What is in the outbox of the room changed. */
  readonly changed: (room: RoomId) => void;
}

/**
 * What is in the outbox, in the order in which it was asked, and what of it the device keeps. The device is never waited
 * for: what it cannot keep is sent all the same.
 */
export class Entries {
  readonly #deps: EntriesDeps;
  readonly #byId = new Map<string, Entry>();
  readonly #items = new WeakMap<Entry, OutboxItem>();
  #lastOrder = 0;

  constructor(deps: EntriesDeps) {
    this.#deps = deps;
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** Of all that is in the outbox now. */
  ids(): ReadonlySet<string> {
    return new Set(this.#byId.keys());
  }

  /** False for what came by the feed meanwhile, and for a mark that was moved further. */
  isCurrent(kept: KeptEntry): boolean {
    return this.#byId.get(kept.id)?.kept === kept;
  }

  /** As it is now; the device keeps what it has of it. */
  set(entry: Entry): void {
    this.#byId.set(entry.kept.id, entry);
    this.#lastOrder = Math.max(this.#lastOrder, entry.kept.order);
    this.#deps.changed(entry.kept.room);
  }

  /** As it is now, on the device too. */
  keep(entry: Entry): void {
    this.set(entry);
    this.#deps.store.putEntry(entry.kept).catch(() => {});
  }

  /** As it is now; on the device it has no use any more. */
  release(entry: Entry): void {
    this.set(entry);
    this.#deps.store.dropEntry(entry.kept.id).catch(() => {});
  }

  /** Neither here nor on the device any more. */
  drop(kept: KeptEntry): void {
    this.#deps.store.dropEntry(kept.id).catch(() => {});
    this.forget(kept);
  }

  /** No longer here; the device keeps what it has of it. */
  forget(kept: KeptEntry): void {
    this.#byId.delete(kept.id);
    this.#deps.changed(kept.room);
  }

  /** Nothing is here any more, and nobody is told. */
  clear(): void {
    this.#byId.clear();
  }

  /** A place behind everything that is there, and behind what earlier runs asked. */
  nextOrder(now: number): number {
    return Math.max(this.#lastOrder + 1, now);
  }

  sorted(): Entry[] {
    return [...this.#byId.values()].sort((a, b) => a.kept.order - b.kept.order);
  }

  of(room: RoomId): readonly OutboxItem[] {
    if (this.#byId.size === 0) return [];
    const own = this.sorted().filter((entry) => entry.kept.room === room);
    return own.map((entry) => this.item(entry));
  }

  /** The entry as it is shown; the same object while it is the same entry. */
  item(entry: Entry): OutboxItem {
    const known = this.#items.get(entry);
    if (known !== undefined) return known;
    const made = itemOf(entry);
    this.#items.set(entry, made);
    return made;
  }
}
