import { part } from '../../model/part.tsx';

/** The first screen goes first: so long after it what may be wanted next is loaded. */
export const QUIET_MS = 600;

/** What comes up only when somebody does something with a message. */
export const EditBox = part(() => import('./edit-box.tsx'), 'later');
export const OpenedOver = part(() => import('./opened-over.tsx'), 'later', 'nothing');
export const Toolbar = part(() => import('./toolbar.tsx'), 'later', 'nothing');
