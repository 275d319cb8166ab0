import { FIRSTS, OTHERS } from './syllables.ts';

/** What sorts behind it has no reading that a browser would know. */
const LAST = '咗';
const HAN = /\p{Script=Han}/u;

const firsts = [...FIRSTS.matchAll(/([a-z]+)(\P{ASCII})/gu)].map(([, syllable = '', first = '']) => ({
  syllable,
  first,
}));
const others = new Map<string, string[]>();
for (const [, syllable = '', signs = ''] of OTHERS.matchAll(/([a-z]+)(\P{ASCII}+)/gu)) {
  for (const sign of signs) others.set(sign, [...(others.get(sign) ?? []), syllable]);
}
const known = new Map<string, readonly string[]>();
let collator: Intl.Collator | undefined;

/**
 * All syllables with which a Chinese character may be read, without tones; empty where it is none. The main one is known
 * by the browser itself, which sorts by pinyin; only what it cannot know is shipped.
 */
export function readingsOf(sign: string): readonly string[] {
  if (!HAN.test(sign)) return [];
  const before = known.get(sign);
  if (before !== undefined) return before;
  const main = mainOf(sign);
  const readings = [...(main === undefined ? [] : [main]), ...(others.get(sign) ?? [])];
  known.set(sign, readings);
  return readings;
}

function mainOf(sign: string): string | undefined {
  collator ??= new Intl.Collator('zh-Hans-CN-u-co-pinyin');
  const by = collator;
  if (by.compare(sign, LAST) > 0) return undefined;
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (by.compare(sign, firsts[middle]?.first ?? '') < 0) high = middle;
    else low = middle + 1;
  }
  return firsts[low - 1]?.syllable;
}

/**
 * Whether the name, from one of its signs on, reads as what was typed: syllables whole, as initials, or mixed, the last
 * one as far as it goes (zs, zhangs, zsan → 张三); letters and characters as they are. Both folded.
 */
export function readsAs(typed: string, signs: readonly string[], from: number): boolean {
  const sought = typed.replaceAll(' ', '');
  const failed = new Set<number>();
  const goesOn = (at: number, rest: string): boolean => {
    if (rest === '') return true;
    const sign = signs[at];
    if (sign === undefined) return false;
    // However many ways there are to cut what was typed into syllables, each rest is tried once at each sign.
    const place = at * (sought.length + 1) + rest.length;
    if (failed.has(place)) return false;
    const fits =
      (rest.startsWith(sign) && goesOn(at + 1, rest.slice(sign.length))) ||
      (!/[\p{L}\p{N}]/u.test(sign) && at > from && goesOn(at + 1, rest)) ||
      readingsOf(sign).some(
        (reading) =>
          reading.startsWith(rest) ||
          [reading, reading.slice(0, 1), /^[zcs]h/.exec(reading)?.[0]].some(
            (part) => part !== undefined && rest.startsWith(part) && goesOn(at + 1, rest.slice(part.length)),
          ),
      );
    if (!fits) failed.add(place);
    return fits;
  };
  return goesOn(from, sought);
}
