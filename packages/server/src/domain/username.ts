import { codePoints, type Limits } from '@rill/protocol';
import { lookAlike } from './look-alikes.ts';
import { Refusal } from './refusal.ts';

/** Scripts in everyday use (UAX #31); a name in another one is more likely a trick than a name. */
const SCRIPTS = [
  ...['Latin', 'Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew'],
  ...['Armenian', 'Georgian', 'Ethiopic', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam'],
  ...['Oriya', 'Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'],
];
const INSIDE = SCRIPTS.map((script) => ({ script, has: new RegExp(`^\\p{Script_Extensions=${script}}$`, 'u') }));

/** Scripts that are written together (UTS #39, highly restrictive): Japanese, Chinese, Korean, each with Latin. */
const TOGETHER = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Bopomofo']),
  new Set(['Latin', 'Han', 'Hangul']),
];

const FORM = /^[\p{L}0-9](?:[\p{L}\p{M}0-9._-]*[\p{L}\p{M}0-9])?$/u;
const LETTER = /[\p{L}\p{M}]/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
// Apostrophes, stretchers and the like; of letters that only modify, those stay that names are written with.
const MODIFIER = /(?![々〻ーゝゞヽヾๆໆ])\p{Lm}/u;
const STACKED_MARKS = /\p{M}{3}/u;

/** Words that already mean somebody else: everyone, or whoever reads. */
const RESERVED = new Set(['all', 'everyone', 'here', 'me', 'room', 'system', '所有人', '全体成员', '大家']);

/** A username as it is shown, and as it is compared: two names that fold alike are one name. */
export interface Username {
  readonly shown: string;
  readonly folded: string;
}

/** Reads a username somebody wants, or refuses it with `name_invalid`. */
export function readUsername(wanted: string, limits: Pick<Limits, 'usernameMin' | 'usernameMax'>): Username {
  const shown = wanted.normalize('NFKC');
  const length = codePoints(shown);
  const { usernameMin, usernameMax } = limits;
  if (length < usernameMin || length > usernameMax) {
    throw new Refusal('name_invalid', { detail: `A username has ${usernameMin} to ${usernameMax} characters.` });
  }
  if (!FORM.test(shown) || UNSEEN.test(shown) || MODIFIER.test(shown) || STACKED_MARKS.test(shown)) {
    throw new Refusal('name_invalid', {
      detail: 'A username has letters, digits and . _ - between them; it begins and ends with a letter or digit.',
    });
  }
  if (!isOneScript(shown)) {
    throw new Refusal('name_invalid', { detail: 'A username does not mix alphabets whose letters look alike.' });
  }
  const folded = foldName(shown);
  if (RESERVED.has(folded)) throw new Refusal('name_invalid', { detail: 'This username has a meaning of its own.' });
  return { shown, folded };
}

/**
 * How usernames are compared: NFKC, without case, and letters of other alphabets that look like Latin ones as these.
 * Whole names of one alphabet are good (Сара), but nobody may take the name that looks the same (capa).
 */
export function foldName(name: string): string {
  const folded = name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
  return Array.from(folded, lookAlike).join('').normalize('NFC');
}

/** What a sign-in looks up: undefined where no account can have such a name. */
export function foldGiven(name: string): string | undefined {
  const folded = foldName(name);
  return FORM.test(folded) && folded.length <= MAX_FOLDED ? folded : undefined;
}

const MAX_FOLDED = 128;

function isOneScript(name: string): boolean {
  const letters = Array.from(name).filter((each) => LETTER.test(each));
  // Each letter belongs to one script or, like 々 and ー, to several; what is in none of them is refused.
  const scripts = letters.map((each) => INSIDE.filter(({ has }) => has.test(each)).map(({ script }) => script));
  if (scripts.some((each) => each.length === 0)) return false;
  const alone = SCRIPTS.some((script) => scripts.every((each) => each.includes(script)));
  return alone || TOGETHER.some((set) => scripts.every((each) => each.some((script) => set.has(script))));
}
