import { part } from '../../model/part.tsx';

/** What comes up only when somebody does something with a message. */
export const EditBox = part(() => import('./edit-box.tsx'), 'later');
export const OpenedOver = part(() => import('./opened-over.tsx'), 'later', 'nothing');
export const Toolbar = part(() => import('./toolbar.tsx'), 'later', 'nothing');
