import { readingsOf, readsAs } from './pinyin.ts';

/** How well a name fits what was typed: 0 is best; undefined: not at all. Chinese is found by its pinyin too. */
export function matchOf(typed: string, name: string): number | undefined {
  const sought = fold(typed);
  if (sought === '') return 0;
  const folded = fold(name);
  if (folded === sought) return 0;
  if (folded.startsWith(sought)) return 1;
  if (folded.split(/[\s._-]+/u).some((word) => word.startsWith(sought))) return 2;
  const signs = [...folded];
  const isChinese = signs.some((sign) => readingsOf(sign).length > 0);
  if (isChinese && readsAs(sought, signs, 0)) return 3;
  if (folded.includes(sought)) return 4;
  if (isChinese && signs.some((_, at) => readsAs(sought, signs, at))) return 4;
  return inOrder(sought, folded) ? 5 : undefined;
}

/** The same for what goes by several names. */
export function bestMatchOf(typed: string, names: readonly string[]): number | undefined {
  const matches = names.map((name) => matchOf(typed, name)).filter((match) => match !== undefined);
  return matches.length === 0 ? undefined : Math.min(...matches);
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}

/** Every sign of it in this order, with others between. */
function inOrder(sought: string, text: string): boolean {
  let from = 0;
  for (const sign of sought) {
    const at = text.indexOf(sign, from);
    if (at === -1) return false;
    from = at + sign.length;
  }
  return true;
}
