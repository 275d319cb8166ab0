import type { LaterWords } from '../words.ts';
import { administration } from './administration.ts';
import { conflicts, errorCodes } from './error-codes.ts';
import { members } from './members.ts';
import { refused } from './refused.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { switcher } from './switcher.ts';
import { tour } from './tour.ts';

export const later: LaterWords = {
  administration,
  conflicts,
  errorCodes,
  members,
  refused,
  session,
  settings,
  switcher,
  tour,
};
