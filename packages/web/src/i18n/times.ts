import { late } from './late.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const KNOWN_DAYS = 10_000;

/** Every way in which the face tells a time, in one language and one time zone. */
export interface Times {
  /** 14:05 */
  clock(at: number): string;
  /** Today, Yesterday, Wednesday 4 March … : the line between two days. */
  day(at: number, now: number): string;
  /** As short as it can be without being wrong: for the list of rooms. */
  short(at: number, now: number): string;
  /** The whole truth, on hover. */
  full(at: number): string;
  /** 4 March 2026 */
  date(at: number): string;
  /** 2 minutes, 3 hours, 1 day: a span in its largest whole unit. */
  span(seconds: number): string;
  /** 1:09 — what is left of a short time. */
  left(ms: number): string;
  /** Which day it is there, as a number that rises by one: two times are of one day when it is the same. */
  dayNumber(at: number): number;
}

/** Makes each format once, and when it is needed: making one costs a hundred times as much as using it. */
export function createTimes(locale: string, timeZone?: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) =>
    late(() => new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone }));
  const clock = late(() => {
    // Where hours are counted to 24 they have two digits, so that one time stands below another: 09:05.
    const twelve = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
    return format({ hour: twelve ? 'numeric' : '2-digit', minute: '2-digit' })();
  });
  const weekday = format({ weekday: 'long' });
  const shortWeekday = format({ weekday: 'short' });
  const thisYear = format({ month: 'long', day: 'numeric', weekday: 'long' });
  const shortThisYear = format({ month: 'short', day: 'numeric' });
  const shortDate = format({ year: 'numeric', month: 'numeric', day: 'numeric' });
  const date = format({ year: 'numeric', month: 'long', day: 'numeric' });
  const full = format({ dateStyle: 'full', timeStyle: 'medium' });
  const parts = late(
    () =>
      new Intl.DateTimeFormat('en', {
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        ...(timeZone === undefined ? {} : { timeZone }),
      }),
  );
  const relative = late(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const inUnits = (value: number, unit: string) =>
    // A Chinese unit stands apart from its number, as everywhere here.
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
      .format(value)
      .replace(/\d(?=\p{Script=Han})/u, '$& ');

  const known = new Map<number, number>();
  const dayNumber = (at: number): number => {
    // Every time zone there is begins its days at a quarter of an hour.
    const quarter = Math.floor(at / QUARTER_MS);
    const day = known.get(quarter);
    if (day !== undefined) return day;
    const [month = 1, date = 1, year = 1970] = parts().format(at).split('/').map(Number);
    const number = Math.round(Date.UTC(year, month - 1, date) / DAY_MS);
    if (known.size >= KNOWN_DAYS) known.clear();
    known.set(quarter, number);
    return number;
  };
  const capital = (word: string) => word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  const yearOf = (at: number) => parts().format(at).split('/')[2];

  return {
    clock: (at) => clock().format(at),
    day(at, now) {
      const days = dayNumber(at) - dayNumber(now);
      if (days === 0 || days === -1) return capital(relative().format(days, 'day'));
      if (days < 0 && days > -7) return weekday().format(at);
      return yearOf(at) === yearOf(now) ? thisYear().format(at) : date().format(at);
    },
    short(at, now) {
      const days = dayNumber(at) - dayNumber(now);
      if (days === 0) return clock().format(at);
      if (days === -1) return capital(relative().format(days, 'day'));
      if (days < 0 && days > -7) return shortWeekday().format(at);
      return yearOf(at) === yearOf(now) ? shortThisYear().format(at) : shortDate().format(at);
    },
    full: (at) => full().format(at),
    date: (at) => date().format(at),
    span(seconds) {
      const [unit, size] =
        seconds > 0 && seconds % 86_400 === 0
          ? (['day', 86_400] as const)
          : seconds > 0 && seconds % 3_600 === 0
            ? (['hour', 3_600] as const)
            : seconds > 0 && seconds % 60 === 0
              ? (['minute', 60] as const)
              : (['second', 1] as const);
      return inUnits(seconds / size, unit);
    },
    left(ms) {
      const seconds = Math.max(0, Math.ceil(ms / 1_000));
      const minutes = Math.floor(seconds / 60);
      const tail = String(seconds % 60).padStart(2, '0');
      if (minutes < 60) return `${minutes}:${tail}`;
      return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${tail}`;
    },
    dayNumber,
  };
}
