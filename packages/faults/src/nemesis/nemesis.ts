import type { World } from '../world.ts';

/** One way in which things break: it breaks them, waits, and puts them right again. */
export interface Nemesis {
  readonly name: string;
  /** Whether it can be done on this machine. */
  possible?(world: World): boolean;
  strike(world: World): Promise<void>;
}
