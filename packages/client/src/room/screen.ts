import { backoff } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { Timeline } from '../timeline.ts';

export interface ScreenDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly timeline: () => Timeline;
  /** Whether the server has said that the room is there. */
  readonly isKnown: () => boolean;
  readonly opened: () => void;
  readonly closed: () => void;
}

const PACE = { minMs: 500, maxMs: 30_000 };

/** Whether a room is on the screen: then its newest messages are loaded, or looked over, until that is done. */
export class Screen {
  readonly #deps: ScreenDeps;
  #count = 0;
  #openedAt = 0;
  #cancel: () => void = () => {};

  constructor(deps: ScreenDeps) {
    this.#deps = deps;
  }

  isOpen(): boolean {
    return this.#count > 0;
  }

  /** ms since 1970 when the room was last opened; 0: never. */
  openedAt(): number {
    return this.#openedAt;
  }

  /** From an earlier run. */
  wasOpened(at: number): void {
    this.#openedAt = at;
  }

  /** On the screen from now on, until the returned function is called. */
  open(): () => void {
    this.#count += 1;
    this.#openedAt = this.#deps.clock.now();
    this.#deps.opened();
    void this.load();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count -= 1;
      this.#deps.closed();
    };
  }

  /** Loads what is missing, if the room is on the screen. */
  async load(attempt = 1): Promise<void> {
    this.#cancel();
    const timeline = this.#deps.timeline();
    if (!this.isOpen() || !this.#deps.isKnown()) return;
    const isDone = timeline.isLoaded() ? await timeline.recheck() : await this.#first(timeline);
    if (isDone) return;
    this.#cancel();
    const ms = backoff(attempt, PACE, this.#deps.random);
    this.#cancel = this.#deps.clock.after(ms, () => void this.load(attempt + 1));
  }

  /** False where it has to be tried again. */
  async #first(timeline: Timeline): Promise<boolean> {
    await timeline.loadFirst();
    return timeline.isLoaded() || timeline.snapshot().newer.name !== 'failed';
  }

  /** The room is gone; whoever has it open keeps it open, and sees nothing. */
  reset(): void {
    this.#cancel();
    if (!this.isOpen()) this.#openedAt = 0;
  }
}
