import type { Message, Page } from '@rill/protocol';

/**
 * Pages that are on their way. What happens meanwhile is noted: a page may have been read before it and must not
 * bring back what it changed.
 */
export class Loads {
  #running = 0;
  #since: Message[] = [];
  #turn = 0;

  /** A page with what happened since it was asked for; undefined where what it belongs to was replaced meanwhile. */
  async load(ask: () => Promise<Page>): Promise<{ page: Page; since: readonly Message[] } | undefined> {
    const turn = this.#turn;
    const from = this.#since.length;
    this.#running += 1;
    try {
      const page = await ask();
      return turn === this.#turn ? { page, since: this.#since.slice(from) } : undefined;
    } catch (error) {
      if (turn === this.#turn) throw error;
      return undefined;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#since = [];
    }
  }

  /** Something happened to a message. */
  note(message: Message): void {
    if (this.#running > 0) this.#since.push(message);
  }

  /** Pages on their way belong to what is no longer shown. */
  abandon(): void {
    this.#turn += 1;
  }
}
