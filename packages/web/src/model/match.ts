/** How well a word fits what was typed: 0 is best; undefined: not at all. */
export function matchOf(typed: string, name: string, pinyin: readonly string[] = []): number | undefined {
  const sought = fold(typed);
  if (sought === '') return 0;
  const folded = fold(name);
  if (folded === sought) return 0;
  if (folded.startsWith(sought)) return 1;
  if (folded.split(/[\s._-]+/u).some((word) => word.startsWith(sought))) return 2;
  for (const reading of pinyin) {
    if (reading.startsWith(sought)) return 3;
    if (reading.includes(sought)) return 4;
  }
  if (folded.includes(sought)) return 4;
  return inOrder(sought, folded) ? 5 : undefined;
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
