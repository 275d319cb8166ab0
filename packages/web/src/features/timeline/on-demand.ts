import { part } from '../../model/part.tsx';
import type * as Hands from './hands.ts';

/** The first screen goes first: so long after it what may be wanted next is loaded. */
export const QUIET_MS = 600;

/** What comes up only when somebody does something with a message. */
export const EditBox = part(() => import('./edit-box.tsx'), 'later');
export const OpenedOver = part(() => import('./opened-over.tsx'), 'later', 'nothing');
export const Toolbar = part(() => import('./toolbar.tsx'), 'later', 'nothing');

export const FirstRoom = part(() => import('./first-room.tsx'), 'later', 'nothing');
export const PendingSign = part(() => import('./pending-sign.tsx'), 'later', 'nothing');
export const ImportedSign = part(() => import('./imported-sign.tsx'), 'later', 'nothing');
export const OlderFailed = part(() => import('./older-failed.tsx'), 'later', 'nothing');
export const ActSign = part(() => import('./act-sign.tsx'), 'later', 'nothing');

let hands: typeof Hands | undefined;

/** Does what keys do on a message, or copies; where that is not here yet, as soon as it has come. */
export function withHands(act: (loaded: typeof Hands) => void): void {
  if (hands !== undefined) return act(hands);
  import('./hands.ts').then(
    (module) => {
      hands = module;
      act(module);
    },
    () => {},
  );
}
