import { codePoints, isBlank, type Limits } from '@rill/protocol';
import { Refusal } from './refusal.ts';

// More marks than any script puts on one letter: they would be drawn over the lines around it.
const STACKED_MARKS = /\p{M}{9}/u;

/**
 * A message's text, which is kept as it was sent to the last byte, or a refusal: empty, too long, or with what no reader
 * could show. `at` names the field in the answer.
 */
export function readText(text: string, limits: Pick<Limits, 'messageLength'>, at = 'text'): string {
  if (!text.isWellFormed()) throw new Refusal('malformed_unicode', { errors: [{ at, is: 'has a lone surrogate' }] });
  if (text.includes('\0')) throw wrong(at, 'has a NUL character');
  if (text.length > limits.messageLength && codePoints(text) > limits.messageLength) {
    throw new Refusal('text_too_long', { detail: `A message has at most ${limits.messageLength} characters.` });
  }
  if (isBlank(text)) throw new Refusal('empty_text');
  if (STACKED_MARKS.test(text)) throw wrong(at, 'has more than 8 marks on one letter');
  return text;
}

// Scripts in which a zero-width joiner or non-joiner between letters is spelling.
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}' +
  '\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}';
const JOINED_LETTERS = new RegExp(`(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`, 'gu');
const JOINED_EMOJI = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})/gu;
const EMOJI_STYLE = /(?<=\p{Emoji})\ufe0f/gu;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** One line that people see as a name, a topic or a reason: NFC, trimmed, and nothing in it that is not seen. */
export function readLine(text: string, at: string, most: number): string {
  if (!text.isWellFormed()) throw new Refusal('malformed_unicode', { errors: [{ at, is: 'has a lone surrogate' }] });
  const line = text.normalize('NFC').trim().replace(/ {2,}/gu, ' ');
  if (codePoints(line) > most) throw wrong(at, `has more than ${most} characters`);
  const rest = line.replace(JOINED_LETTERS, '').replace(JOINED_EMOJI, '').replace(EMOJI_STYLE, '');
  if (UNSEEN.test(rest)) throw wrong(at, 'has characters that cannot be seen');
  if (STACKED_MARKS.test(line)) throw wrong(at, 'has more than 8 marks on one letter');
  return line === '' || isBlank(line) ? '' : line;
}

/** A room's name; it must not be empty. */
export function readRoomName(name: string | undefined, limits: Pick<Limits, 'roomNameMax'>): string {
  const line = readLine(name ?? '', 'name', limits.roomNameMax);
  if (line === '') throw wrong('name', 'is empty');
  return line;
}

/** How texts are compared in a search: without case, width or ligatures. */
export function foldLine(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function wrong(at: string, is: string): Refusal {
  return new Refusal('bad_request', { errors: [{ at, is }] });
}
