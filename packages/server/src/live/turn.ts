/** What a turn does at its end, once, however often it was asked to. */
export interface Ending {
  endTurn(): void;
}

/**
 * Gathers what one turn of the event loop brings, so that each socket is written once: first the hubs hand their
 * events to the writers, then the writers write. While the gate is shut nothing is written and writers wait.
 */
export class Turn {
  /** Whether anything may be written at all now. */
  readonly mayWrite: () => boolean;
  #hubs: Ending[] = [];
  #writers: Ending[] = [];
  #planned = false;

  constructor(mayWrite: () => boolean) {
    this.mayWrite = mayWrite;
  }

  /** A hub with events that its connections do not have yet. Asked once a turn. */
  hub(hub: Ending): void {
    this.#hubs.push(hub);
    this.#plan();
  }

  /** A writer with frames to write. Asked once a turn. */
  writer(writer: Ending): void {
    this.#writers.push(writer);
    this.#plan();
  }

  /** The gate is open again: what waited is written. */
  reopened(): void {
    this.#plan();
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#end());
  }

  #end(): void {
    this.#planned = false;
    const hubs = this.#hubs;
    this.#hubs = [];
    for (const hub of hubs) hub.endTurn();
    if (!this.mayWrite()) return;
    const writers = this.#writers;
    this.#writers = [];
    for (const writer of writers) writer.endTurn();
  }
}
