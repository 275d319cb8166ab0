import { part } from '../../model/part.tsx';
import type * as Moving from './moving.ts';

/** The first screen goes first: so long after it what may be wanted next is loaded. */
export const QUIET_MS = 600;

/** What comes up only when somebody does something with a message. */
export const EditBox = part(() => import('./edit-box.tsx'), 'later');
export const OpenedOver = part(() => import('./opened-over.tsx'), 'later', 'nothing');
export const Toolbar = part(() => import('./toolbar.tsx'), 'later', 'nothing');

let moving: typeof Moving | undefined;

/** Does what keys do on a message; where that is not here yet, as soon as it has come. */
export function withMoving(act: (loaded: typeof Moving) => void): void {
  if (moving !== undefined) return act(moving);
  import('./moving.ts').then(
    (module) => {
      moving = module;
      act(module);
    },
    () => {},
  );
}
