import type { Nonce, Room, RoomBody } from '@rill/protocol';
import { asRillError } from './error.ts';
import { newNonce } from './nonce.ts';
import type { RoomCalls } from './rest/rooms.ts';

/** Makes rooms, each once: what is asked for again, because it was not certain that it was made, is the same room. */
export class Making {
  readonly #calls: Pick<RoomCalls, 'create'>;
  /** Nonces of what is not certain, by what was asked for. */
  readonly #uncertain = new Map<string, Nonce>();

  constructor(calls: Pick<RoomCalls, 'create'>) {
    this.#calls = calls;
  }

  async make(body: RoomBody): Promise<Room> {
    const asked = JSON.stringify(body);
    const nonce = body.nonce ?? this.#uncertain.get(asked) ?? newNonce();
    // Whoever asks twice at once wants two.
    this.#uncertain.delete(asked);
    try {
      return await this.#calls.create({ ...body, nonce });
    } catch (error) {
      if (asRillError(error).retry) this.#uncertain.set(asked, nonce);
      throw error;
    }
  }

  clear(): void {
    this.#uncertain.clear();
  }
}
