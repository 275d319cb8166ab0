/** Small letters of other alphabets and the Latin ones they, or their capitals, are taken for (from UTS #39). */
const ALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    ...{
      а: 'a',
      в: 'b',
      с: 'c',
      ԁ: 'd',
      е: 'e',
      һ: 'h',
      н: 'h',
      і: 'i',
      ј: 'j',
      к: 'k',
      ӏ: 'l',
      м: 'm',
      о: 'o',
      р: 'p',
    },
    ...{ ԛ: 'q', ѕ: 's', т: 't', ѵ: 'v', ԝ: 'w', х: 'x', у: 'y', ү: 'y', г: 'r', ё: 'ë', ї: 'ï' },
    // Greek
    ...{
      α: 'a',
      β: 'b',
      ε: 'e',
      ζ: 'z',
      η: 'n',
      ι: 'i',
      κ: 'k',
      μ: 'u',
      ν: 'v',
      ο: 'o',
      ρ: 'p',
      τ: 't',
      υ: 'u',
      χ: 'x',
    },
    ...{ ω: 'w', γ: 'y', σ: 'o', ς: 'c' },
    // Armenian
    ...{ օ: 'o', ս: 'u', ո: 'n', հ: 'h', ց: 'g', զ: 'q', ք: 'p', յ: 'j' },
    // Latin letters that are not a to z, and taken for them
    ...{ ı: 'i', ɑ: 'a', ɡ: 'g', ɩ: 'i', ʋ: 'u', ꞵ: 'b' },
  }),
);

export function lookAlike(letter: string): string {
  return ALIKE.get(letter) ?? letter;
}
