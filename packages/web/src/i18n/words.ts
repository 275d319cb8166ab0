import { signal } from '@preact/signals';
import type { en } from './en/en.ts';
import type { later } from './en/later.ts';
import { createTimes, type Times } from './times.ts';

/** Every word of the face. English is where a new one is written first; the others must have the same keys. */
export type Words = typeof en;
/** The words of parts that are loaded when they are needed. */
export type LaterWords = typeof later;
export type Locale = 'en' | 'zh-CN';

export const LOCALES: readonly { value: Locale; label: string }[] = [
  { value: 'zh-CN', label: '简体中文' },
  { value: 'en', label: 'English' },
];

interface Language {
  readonly locale: Locale;
  readonly words: Words;
  readonly times: Times;
}

const language = signal<Language>();

/** Only the language that is spoken is loaded. */
const LOADERS: Record<Locale, () => Promise<Words>> = {
  en: async () => (await import('./en/en.ts')).en,
  'zh-CN': async () => (await import('./zh/zh.ts')).zh,
};
const LATER: Record<Locale, () => Promise<LaterWords>> = {
  en: async () => (await import('./en/later.ts')).later,
  'zh-CN': async () => (await import('./zh/later.ts')).later,
};
/** Of every language that was spoken since they were asked for. */
const laterWords = signal<Partial<Record<Locale, LaterWords>>>({});
let isLater = false;

/** The language of the browser, as far as we speak it. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const tag of languages) {
    if (tag.toLowerCase().startsWith('zh')) return 'zh-CN';
    if (tag.toLowerCase().startsWith('en')) return 'en';
  }
  return 'en';
}

/** Speaks a language from now on. `languages`: the browser's, for its region's way to write times. */
export async function speak(locale: Locale, languages: readonly string[]): Promise<void> {
  const [words] = await Promise.all([LOADERS[locale](), isLater ? loadLater(locale) : undefined]);
  const region = languages.find((tag) => tag.split('-')[0] === locale.split('-')[0]) ?? locale;
  language.value = { locale, words, times: createTimes(region) };
  if (typeof document !== 'undefined') document.documentElement.lang = locale;
}

/** Has the words of later parts at hand, in the language that is spoken now and in every one from now on. */
export async function speakLater(): Promise<void> {
  isLater = true;
  // Before the first word: speak() brings them along.
  if (language.value !== undefined) await loadLater(language.value.locale);
}

async function loadLater(locale: Locale): Promise<void> {
  if (laterWords.value[locale] !== undefined) return;
  const words = await LATER[locale]();
  laterWords.value = { ...laterWords.value, [locale]: words };
}

function spoken(): Language {
  if (language.value === undefined) throw new Error('speak() comes before the first word');
  return language.value;
}

/** The words of the language that is spoken; a component that uses them is drawn again when it changes. */
export function useWords(): Words {
  return spoken().words;
}

/** The words of later parts; model/part.tsx sees to it that they are there before such a part is. */
export function useLaterWords(): LaterWords {
  const words = laterWords.value[spoken().locale];
  if (words === undefined) throw new Error('speakLater() comes before the first later word');
  return words;
}

/** The later words for code outside components, as soon as they are here. */
export function currentLaterWords(): LaterWords | undefined {
  return laterWords.value[spoken().locale];
}

/** The same for times. */
export function useTimes(): Times {
  return spoken().times;
}

/** For code outside components, at the moment it is asked. */
export function currentWords(): Words {
  return spoken().words;
}

export function currentLocale(): Locale {
  return spoken().locale;
}
