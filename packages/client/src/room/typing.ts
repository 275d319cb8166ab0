import type { UserId } from '@rill/protocol';
import { LIMITS } from '@rill/protocol/limits';
import type { Clock } from '../clock.ts';

/** Who is writing in a room: each for a few seconds after the last sign of it. */
export class Typing {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #ends = new Map<UserId, () => void>();
  #users: readonly UserId[] = [];

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  users(): readonly UserId[] {
    return this.#users;
  }

  seen(user: UserId): void {
    this.#ends.get(user)?.();
    const isNew = !this.#ends.has(user);
    this.#ends.set(
      user,
      this.#clock.after(LIMITS.typingShownSeconds * 1_000, () => this.ended(user)),
    );
    if (isNew) this.#tell();
  }

  /** Has sent, left, or fallen silent. */
  ended(user: UserId): void {
    this.#ends.get(user)?.();
    if (this.#ends.delete(user)) this.#tell();
  }

  clear(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    this.#users = [];
  }

  #tell(): void {
    this.#users = [...this.#ends.keys()];
    this.#changed();
  }
}
