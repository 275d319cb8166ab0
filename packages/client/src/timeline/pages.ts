import type { Cursor, Message, Page, PageQuery } from '@rill/protocol';
import type { Edge } from '../api/timeline.ts';
import { asRillError, RillError } from '../error.ts';
import { Edges, type Side } from './edges.ts';
import { Loads } from './loads.ts';

export interface PagesDeps {
  readonly page: (query: PageQuery) => Promise<Page>;
  /** A page came at this position; false: it is of another life of the room and must not be shown. */
  readonly arrived: (cursor: Cursor) => boolean;
  /** Something goes on at an end, or no longer does. */
  readonly changed: () => void;
}

/** Takes a page, with what happened to messages since it was asked for. */
export type Use = (page: Page, since: readonly Message[]) => void;

/** Pages of a log that are asked for, and what goes on at both ends of the loaded stretch. */
export class Pages {
  readonly #deps: PagesDeps;
  readonly #loads = new Loads();
  readonly #edges = new Edges();

  constructor(deps: PagesDeps) {
    this.#deps = deps;
  }

  edge(side: Side, hasMore: boolean): Edge {
    return this.#edges.of(side, hasMore);
  }

  /** Something happened to a message: pages that are on their way may have been read before it. */
  note(message: Message): void {
    this.#loads.note(message);
  }

  /** Whatever is on its way belongs to what is no longer shown. */
  abandon(): void {
    this.#loads.abandon();
    this.#edges.rest('older', 'newer');
  }

  /** What failed on an old line may be asked for again. */
  forgive(): void {
    this.#edges.forgive();
  }

  /** One page more at an end. What fails is told there, and not thrown. */
  async extend(side: Side, query: PageQuery, use: Use): Promise<void> {
    if (!this.#edges.isLoading(side)) await this.#load([side], query, use);
  }

  /**
   * Another stretch in place of the loaded one. What fails is told at both ends, and not thrown. False where it was not
   * used: it was abandoned, or is of another life of the room, and whoever found that loads anew.
   */
  async replace(query: PageQuery, use: Use): Promise<boolean> {
    this.#loads.abandon();
    return this.#load(['older', 'newer'], query, use);
  }

  /** The same, whatever is known of the room's life; gives the position. Throws what fails. */
  async renew(query: PageQuery, use: Use): Promise<Cursor> {
    this.abandon();
    const came = await this.#loads.load(() => this.#deps.page(query));
    if (came === undefined) throw new RillError('discarded');
    use(came.page, came.since);
    return cursorOf(came.page);
  }

  /** A page of what is loaded already, which changes nothing at the ends. False where it has to be tried again. */
  async check(query: PageQuery, use: Use): Promise<boolean> {
    const came = await this.#loads.load(() => this.#deps.page(query)).catch(() => undefined);
    if (came === undefined || !this.#deps.arrived(cursorOf(came.page))) return false;
    use(came.page, came.since);
    return true;
  }

  async #load(sides: readonly Side[], query: PageQuery, use: Use): Promise<boolean> {
    let isTold = true;
    this.#edges.loading(...sides);
    this.#deps.changed();
    try {
      const came = await this.#loads.load(() => this.#deps.page(query));
      if (came === undefined) return false;
      this.#edges.rest(...sides);
      isTold = this.#deps.arrived(cursorOf(came.page));
      if (isTold) use(came.page, came.since);
    } catch (error) {
      this.#edges.failed(asRillError(error), ...sides);
    }
    this.#deps.changed();
    return isTold;
  }
}

function cursorOf({ rev, epoch }: Page): Cursor {
  return { rev, epoch };
}
