import type { RoomId } from '@rill/protocol';
import type { Clock } from '../clock.ts';

/** While messages stream in under somebody's eyes, so often is often enough. */
const EVERY_MS = 500;

/** How far each room was read: told at once, and from then on at most so often, the furthest. */
export class Marks {
  readonly #clock: Clock;
  readonly #tell: (room: RoomId, seq: number) => void;
  readonly #pauses = new Map<RoomId, { seq: number; readonly cancel: () => void }>();

  constructor(clock: Clock, tell: (room: RoomId, seq: number) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  move(room: RoomId, seq: number): void {
    const pause = this.#pauses.get(room);
    if (pause !== undefined) {
      pause.seq = Math.max(pause.seq, seq);
      return;
    }
    const cancel = this.#clock.after(EVERY_MS, () => {
      const to = this.#pauses.get(room)?.seq ?? seq;
      this.#pauses.delete(room);
      if (to > seq) this.move(room, to);
    });
    this.#pauses.set(room, { seq, cancel });
    this.#tell(room, seq);
  }

  clear(): void {
    for (const { cancel } of this.#pauses.values()) cancel();
    this.#pauses.clear();
  }
}
