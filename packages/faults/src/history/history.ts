import { createWriteStream, type WriteStream } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Entry, Operation, Reading, Sighting, Turn } from './record.ts';

const NONE: readonly string[] = [];

/** Everything that happened in a run, in memory and, line by line, in a file. */
export class History {
  readonly entries: Entry[] = [];
  readonly #file: WriteStream | undefined;
  readonly #strings = new Map<string, string>();

  /** @param path where the lines go as JSON, to be read again when a run was red. */
  constructor(path?: string) {
    this.#file = path === undefined ? undefined : createWriteStream(path);
  }

  /** Milliseconds of the run's one monotonic clock. */
  now(): number {
    return performance.now();
  }

  add(entry: Entry): void {
    this.entries.push(entry.is === 'sighting' ? this.#lean(entry) : entry);
    this.#file?.write(`${JSON.stringify(entry)}\n`);
  }

  /** Each string once: a quarter of an hour is five million sightings, and of the same few rooms and people. */
  #lean(entry: Sighting): Sighting {
    const { room, epoch, author, event, subject, canaries } = entry;
    return {
      ...entry,
      room: this.#once(room),
      epoch: this.#once(epoch),
      ...(author !== undefined && { author: this.#once(author) }),
      ...(event !== undefined && { event: this.#once(event) }),
      ...(subject !== undefined && { subject: this.#once(subject) }),
      canaries: canaries.length === 0 ? NONE : canaries.map((canary) => this.#once(canary)),
    };
  }

  #once(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, text);
    return text;
  }

  async close(): Promise<void> {
    const file = this.#file;
    if (file !== undefined) await new Promise<void>((done) => file.end(done));
  }
}

/** A history taken apart by what its entries are. */
export interface Sorted {
  readonly operations: readonly Operation[];
  readonly sightings: readonly Sighting[];
  readonly turns: readonly Turn[];
  readonly readings: readonly Reading[];
  /** Sightings and turns of each connection or reader, in the order in which they came. */
  readonly lines: ReadonlyMap<string, readonly (Sighting | Turn)[]>;
}

/** Takes a history apart once, for all checks. */
export function sortHistory(entries: readonly Entry[]): Sorted {
  const operations: Operation[] = [];
  const sightings: Sighting[] = [];
  const turns: Turn[] = [];
  const readings: Reading[] = [];
  const lines = new Map<string, (Sighting | Turn)[]>();
  for (const entry of entries) {
    switch (entry.is) {
      case 'operation':
        operations.push(entry);
        break;
      case 'reading':
        readings.push(entry);
        break;
      case 'sighting':
        sightings.push(entry);
        break;
      case 'turn':
        turns.push(entry);
        break;
    }
    if (entry.is !== 'sighting' && entry.is !== 'turn') continue;
    const line = lines.get(entry.proc);
    if (line === undefined) lines.set(entry.proc, [entry]);
    else line.push(entry);
  }
  return { operations, sightings, turns, readings, lines };
}
