import { codePoints, isBlank, type Limits } from '@rill/protocol';
import { Refusal } from './refusal.ts';

// Controls, bidi and zero-width characters, line ends, private use; the emoji selector alone may stand, after an emoji.
const NOT_SHOWN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]|(?!\uFE0F)\p{Default_Ignorable_Code_Point}|(?<!\p{Emoji})\uFE0F/u;
const STACKED_MARKS = /(?!\uFE0F)\p{M}{4}/u;

/** A display name in the form it is kept in, or `display_name_invalid`. */
export function readDisplayName(wanted: string, limits: Pick<Limits, 'displayNameMax'>): string {
  const name = wanted.normalize('NFC').trim().replace(/ {2,}/g, ' ');
  const wrong = isBlank(name) || NOT_SHOWN.test(name) || STACKED_MARKS.test(name);
  if (wrong || codePoints(name) > limits.displayNameMax) throw new Refusal('display_name_invalid');
  return name;
}
