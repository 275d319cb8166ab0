/** What is being typed that could be completed. */
export interface Token {
  readonly kind: 'person' | 'room';
  readonly typed: string;
  /** Where it stands in the text, its sign included. */
  readonly from: number;
  readonly to: number;
}

const KINDS = { '@': 'person', '#': 'room' } as const;
const LONGEST = 32;
/** After one of these the sign belongs to an address or a word, not to a name. */
const WITHIN = /[\w.@#/&-]/;

/** The name before the caret, where one was begun by @ or #. */
export function tokenAt(text: string, caret: number): Token | undefined {
  for (let at = caret - 1; at >= 0 && caret - at <= LONGEST; at -= 1) {
    const sign = text[at] ?? '';
    if (/\s/.test(sign)) return undefined;
    if (sign !== '@' && sign !== '#') continue;
    const before = text[at - 1];
    if (before !== undefined && WITHIN.test(before)) return undefined;
    return { kind: KINDS[sign], typed: text.slice(at + 1, caret), from: at, to: caret };
  }
  return undefined;
}
