import type { IconNode } from 'lucide';
import { bestMatchOf } from '../../model/match.ts';

/** Somewhere one can go, or something one can do. */
export interface Goal {
  readonly id: string;
  readonly group: 'rooms' | 'people' | 'actions';
  readonly name: string;
  /** Found by this too. */
  readonly also?: string;
  readonly detail: string;
  readonly unread?: number;
  readonly sign?: { readonly name: string; readonly seed: string; readonly square: boolean };
  readonly icon?: IconNode | undefined;
  readonly act: () => void;
}

const MOST = 30;
const GROUPS = { rooms: 0, people: 1, actions: 2 } as const;

/** What fits best, first; with nothing typed, the rooms as they stand, then what one can do. */
export function bestOf(goals: readonly Goal[], typed: string): readonly Goal[] {
  if (typed.trim() === '') return goals.filter((goal) => goal.group !== 'people').slice(0, MOST);
  return goals
    .map((goal) => ({ goal, match: bestMatchOf(typed, [goal.name, ...(goal.also === undefined ? [] : [goal.also])]) }))
    .filter((each): each is { goal: Goal; match: number } => each.match !== undefined)
    .toSorted((a, b) => a.match - b.match || GROUPS[a.goal.group] - GROUPS[b.goal.group])
    .slice(0, MOST)
    .map(({ goal }) => goal);
}
