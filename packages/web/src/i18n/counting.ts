import { late } from './late.ts';

/** Words for a number, by the grammar of the language: `{one: '1 member', other: …}`. */
export interface Forms {
  readonly one?: string;
  readonly other: string;
}

/** Chooses the form of a number and writes numbers in a language's way. */
export function counting(locale: string) {
  const rules = late(() => new Intl.PluralRules(locale));
  const numbers = late(() => new Intl.NumberFormat(locale));
  // Below a thousand our languages write the digits alone; who asks first for more waits for it.
  const number = (count: number) => (count >= 0 && count < 1_000 ? String(count) : numbers().format(count));
  return {
    /** `#` stands for the number. */
    form(count: number, forms: Forms): string {
      const form = rules().select(count) === 'one' ? (forms.one ?? forms.other) : forms.other;
      return form.replace('#', number(count));
    },
    number,
    /** Names in a row: "Ada, Bo and Chen". */
    list: (names: readonly string[]): string =>
      new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format(names),
  };
}
