import { absent } from './absent.ts';
import { administration } from './administration.ts';
import { details } from './details.ts';
import { conflicts, errorCodes } from './error-codes.ts';
import { find } from './find.ts';
import { line } from './line.ts';
import { members } from './members.ts';
import { message } from './message.ts';
import { missing } from './missing.ts';
import { notice } from './notice.ts';
import { refused } from './refused.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { starting } from './starting.ts';
import { switcher } from './switcher.ts';
import { tour } from './tour.ts';

/** What no first screen says: it comes with the parts that say it. */
export const later = {
  absent,
  administration,
  conflicts,
  details,
  errorCodes,
  find,
  line,
  members,
  message,
  missing,
  notice,
  refused,
  session,
  settings,
  starting,
  switcher,
  tour,
};
