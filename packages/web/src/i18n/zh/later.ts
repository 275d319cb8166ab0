import type { LaterWords } from '../words.ts';
import { administration } from './administration.ts';
import { errorCodes } from './error-codes.ts';
import { members } from './members.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';
import { tour } from './tour.ts';

export const later: LaterWords = { administration, errorCodes, members, session, settings, switcher, tour };
