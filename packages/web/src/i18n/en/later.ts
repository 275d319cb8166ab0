import { administration } from './administration.ts';
import { members } from './members.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';

/** What no first screen says: it comes with the parts that say it. */
export const later = { administration, members, settings, switcher };
