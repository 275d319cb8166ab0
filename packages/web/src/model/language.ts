import { type Locale, speak } from '../i18n/words.ts';
import { prefer } from './preferences.ts';

/** Speaks another language from now on, and remembers it in this browser. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await speak(locale, navigator.languages);
  prefer({ locale });
}
