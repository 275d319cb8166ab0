import { administration } from './administration.ts';
import { errorCodes } from './error-codes.ts';
import { members } from './members.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';
import { tour } from './tour.ts';

/** What no first screen says: it comes with the parts that say it. */
export const later = { administration, errorCodes, members, session, settings, switcher, tour };
