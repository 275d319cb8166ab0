/** How many hues tokens.css has. */
const HUES = 12;

/** A stable hue of somebody's id: the same on every device, never chosen by a name that changes. */
export function hueOf(seed: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 16_777_619);
  return (hash >>> 0) % HUES;
}

const CJK = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * One or two signs of a name: first letters, or in Chinese the end of a person's name (张小三 → 小三). A place is known
 * by how its name begins.
 */
export function initialsOf(name: string, place = false): string {
  const letters = [...name.trim()].filter((sign) => LETTER.test(sign));
  const [first] = letters;
  if (first === undefined) return [...name.trim()][0] ?? '';
  if (CJK.test(first)) return place || !letters.every((sign) => CJK.test(sign)) ? first : letters.slice(-2).join('');
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter((word) => LETTER.test(word));
  const firsts = words.map((word) => [...word].find((sign) => LETTER.test(sign)) ?? '');
  return (words.length > 1 ? `${firsts[0]}${firsts.at(-1)}` : (firsts[0] ?? '')).toLocaleUpperCase();
}
