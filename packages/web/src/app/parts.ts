import { part } from '../model/part.tsx';

/** Everything that is not needed for the first screen, each in a file of its own. */
export const Outside = part(() => import('./outside.tsx'));
export const SignIn = part(() => import('../features/session/sign-in.tsx'), 'later');
export const Register = part(() => import('../features/session/register.tsx'), 'later');
export const Owner = part(() => import('../features/session/owner.tsx'), 'later');
export const Reset = part(() => import('../features/session/reset.tsx'), 'later');
export const House = part(() => import('./house.tsx'));
export const Welcome = part(() => import('./welcome.tsx'), 'later');
export const NewMenu = part(() => import('../features/rooms/new-menu.tsx'), 'later');
export const NewRoom = part(() => import('../features/rooms/new-room.tsx'), 'later');
export const NewDirect = part(() => import('../features/rooms/new-direct.tsx'), 'later');
export const Explore = part(() => import('../features/rooms/explore.tsx'), 'later');
export const MembersPanel = part(() => import('../features/members/members-panel.tsx'), 'later');
export const FindPanel = part(() => import('../features/find/find-panel.tsx'), 'later');
export const DetailsPanel = part(() => import('../features/room/details-panel.tsx'), 'later');
export const Settings = part(() => import('../features/settings/settings.tsx'), 'later');
export const SignOut = part(() => import('../features/settings/sign-out.tsx'), 'later');
export const Administration = part(() => import('../features/administration/administration.tsx'), 'later');
export const Switcher = part(() => import('../features/switcher/switcher.tsx'), 'later');
export const KeysDialog = part(() => import('../features/switcher/keys-dialog.tsx'), 'later');
export const Missing = part(() => import('./missing.tsx'), 'later');
export const Refused = part(() => import('../features/refused/refused.tsx'), 'later');
export const Tour = part(() => import('../features/tour/tour.tsx'), 'later');
