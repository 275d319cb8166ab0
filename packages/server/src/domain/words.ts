import type { User } from '@rill/protocol';

/** Code points of a word that count; more would only make the directory larger. */
const LENGTH = 24;
/** In these scripts words are not set apart, so a search may begin at any letter. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/** What somebody types to find a name, in the form in which the directory has names. */
export function searchForm(text: string): string {
  return cut(fold(text).trim());
}

/** Everything a search for this user may begin with: each word of both names and what follows it. */
export function wordsOf({ username, displayName }: Pick<User, 'username' | 'displayName'>): string[] {
  return [...new Set([...beginnings(fold(username)), ...beginnings(fold(displayName))])];
}

/** Whether a search in this form finds this user. */
export function nameBegins(user: Pick<User, 'username' | 'displayName'>, form: string): boolean {
  return wordsOf(user).some((word) => word.startsWith(form));
}

function beginnings(text: string): string[] {
  const letters = Array.from(text);
  return letters.flatMap((letter, at) => {
    const before = letters[at - 1];
    const begins = LETTER.test(letter) ? before === undefined || !LETTER.test(before) : at === 0;
    return begins || UNSPACED.test(letter) ? [cut(letters.slice(at, at + LENGTH).join(''))] : [];
  });
}

function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ');
}

function cut(text: string): string {
  return Array.from(text).slice(0, LENGTH).join('').trimEnd();
}
