import type { Edge } from '../api/timeline.ts';
import type { RillError } from '../error.ts';

export type Side = 'older' | 'newer';

const MORE: Edge = { name: 'more' };
const END: Edge = { name: 'end' };
const LOADING: Edge = { name: 'loading' };

/** What goes on at both ends of the loaded stretch. */
export class Edges {
  #told: { readonly [Name in Side]?: Edge | undefined } = {};

  loading(...sides: readonly Side[]): void {
    for (const side of sides) this.#told = { ...this.#told, [side]: LOADING };
  }

  failed(error: RillError, ...sides: readonly Side[]): void {
    for (const side of sides) this.#told = { ...this.#told, [side]: { name: 'failed', error } };
  }

  /** Nothing goes on there (any more). */
  rest(...sides: readonly Side[]): void {
    for (const side of sides) this.#told = { ...this.#told, [side]: undefined };
  }

  /** What failed is no reason not to try again. */
  forgive(): void {
    for (const side of ['older', 'newer'] as const) if (this.#told[side]?.name === 'failed') this.rest(side);
  }

  isLoading(side: Side): boolean {
    return this.#told[side] === LOADING;
  }

  of(side: Side, more: boolean): Edge {
    return this.#told[side] ?? (more ? MORE : END);
  }
}
