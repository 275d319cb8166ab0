import type { RoomId } from '@rill/protocol';
import type { OutboxItem } from '../api/outbox.ts';
import { type Entry, itemOf } from './entry.ts';

/** What is in the outbox, in the order in which it was asked. */
export class Entries {
  readonly #byId = new Map<string, Entry>();
  readonly #items = new WeakMap<Entry, OutboxItem>();
  #lastOrder = 0;

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  set(entry: Entry): void {
    this.#byId.set(entry.kept.id, entry);
    this.#lastOrder = Math.max(this.#lastOrder, entry.kept.order);
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

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
