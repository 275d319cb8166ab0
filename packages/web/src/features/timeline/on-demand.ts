import { part } from '../../model/part.tsx';
import type * as Moving from './moving.ts';

/** The first screen goes first: so long after it what may be wanted next is loaded. */
export const QUIET_MS = 600;

/** What comes up only when somebody does something with a message. */
export const EditBox = part(() => import('./edit-box.tsx'), 'later');
export const OpenedOver = part(() => import('./opened-over.tsx'), 'later', 'nothing');
export const Toolbar = part(() => import('./toolbar.tsx'), 'later', 'nothing');

let moving: typeof Moving | undefined;

/** What keys do on a message: nobody has one under them before this is here. Asked for where it is not. */
export function movingNow(): typeof moving {
  if (moving === undefined) {
    import('./moving.ts').then(
      (module) => {
        moving = module;
      },
      () => {},
    );
  }
  return moving;
}
