import { signal } from '@preact/signals';
import { type Locale, preferredLocale } from '../i18n/words.ts';
import { keep, readKept } from '../platform/storage.ts';

const KEY = 'rill:look';

/** What was chosen in this browser; it stays when somebody signs out. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly contrast: 'auto' | 'more';
  readonly notify: boolean;
  readonly preview: boolean;
  readonly sound: boolean;
  /** The tour was seen or sent away. */
  readonly toured: boolean;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Reads what was kept, mistrusting it: another version or another program may have written it. */
export function readPreferences(kept: unknown, languages: readonly string[]): Preferences {
  const { locale, theme, contrast, notify, preview, sound, toured } = record(kept);
  return {
    locale: locale === 'en' || locale === 'zh-CN' ? locale : preferredLocale(languages),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    contrast: contrast === 'more' ? 'more' : 'auto',
    notify: notify === true,
    preview: preview !== false,
    sound: sound === true,
    toured: toured === true,
  };
}

export const preferences = signal<Preferences>(
  readPreferences(readKept(KEY), typeof navigator === 'undefined' ? [] : navigator.languages),
);

/** Chooses something: kept, and shown at once. */
export function prefer(change: Partial<Preferences>): void {
  preferences.value = { ...preferences.value, ...change };
  keep(KEY, preferences.value);
  showLook();
}

/** Whether the language was chosen here, rather than guessed from the browser's. */
export function localeWasChosen(): boolean {
  return typeof record(readKept(KEY))['locale'] === 'string';
}

/** Puts theme and contrast on the page; tokens.css does the rest. */
export function showLook(): void {
  const { theme, contrast } = preferences.value;
  const root = document.documentElement;
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  if (contrast === 'more') root.dataset['contrast'] = 'more';
  else delete root.dataset['contrast'];
  // The system's own bars around the page take its ground.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const plain = (meta.dataset['plain'] ??= meta.content);
    meta.content = theme === 'auto' ? plain : getComputedStyle(root).backgroundColor;
  }
}
