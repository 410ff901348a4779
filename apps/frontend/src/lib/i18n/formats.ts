import type { Catalog } from '@mini-compete/messages/catalog';
import { isolate, type Language, LOCALES } from '@mini-compete/shared/languages';
import type { createTranslator } from 'use-intl/core';

export type DateStyle = 'date' | 'time' | 'full' | 'long' | 'short' | 'day' | 'dayMonth' | 'clock';

/** Each style names the time zone where it tells an hour that somebody may act on; `short` is for dense lists, `dayMonth`
 * and `clock` for the axis of a chart. */
const DATE_STYLES: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  date: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  dayMonth: { day: 'numeric', month: 'short' },
  clock: { hour: '2-digit', minute: '2-digit' },
  time: { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  short: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  full: {
    ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  },
  long: {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  },
};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Beyond this, hours say nothing. */
const LONG = 60 * DAY;

type CommonTexts = ReturnType<typeof createTranslator<Catalog, 'common'>>;

export type Formats = ReturnType<typeof createFormats>;

/** Dates, numbers and durations in the reader's language and time zone. */
export function createFormats(language: Language, zone: string, t: CommonTexts) {
  const locale = LOCALES[language];
  const instant = (iso: string, style: DateStyle): string => {
    const at = new Date(iso);
    return Number.isNaN(at.getTime()) ? '' : unbroken(dateFormat(locale, zone, style).formatToParts(at));
  };
  return {
    language,
    zone,
    number: (value: number): string => numberFormat(locale).format(value),
    percent: (share: number): string => numberFormat(locale, { style: 'percent' }).format(share),
    /** Each item keeps its direction, so around the list none is needed: `<bdi>` would take that of the first item. */
    list: (items: readonly string[]): string => listFormat(locale).format(items.map((item) => isolate(language, item))),
    /** Of a list that goes on. */
    listStart: (items: readonly string[]): string =>
      items.map((item) => isolate(language, item)).join(language === 'ar' ? '، ' : ', '),

    instant,

    /** When something ends that has begun at `start`: on the same day, the hour is enough. */
    end: (start: string, end: string): string =>
      instant(end, instant(start, 'day') === instant(end, 'day') ? 'time' : 'full'),

    /** A day of the calendar, `2026-12-24`, which is the same day in every time zone. */
    calendarDay(day: string): string {
      const at = new Date(`${day}T00:00:00Z`);
      return Number.isNaN(at.getTime()) ? day : unbroken(dateFormat(locale, 'UTC', 'day').formatToParts(at));
    },

    /** "CET", "UTC", "GMT-5": the short name of the zone at that instant. */
    zoneName: (iso: string): string =>
      dateFormat(locale, zone, 'time')
        .formatToParts(new Date(iso))
        .find(({ type }) => type === 'timeZoneName')?.value ?? zone,

    /**
     * The two largest units, never below zero: "3 days 4 h", "1 day", "2 h 05 min", "4 min 09 s", "12 s". Seconds stay
     * when they are 0: a countdown that lost them for one second would jump.
     */
    duration(milliseconds: number): string {
      const rest = Math.max(0, Math.ceil(milliseconds / SECOND) * SECOND);
      const days = Math.floor(rest / DAY);
      const hours = Math.floor((rest % DAY) / HOUR);
      const minutes = Math.floor((rest % HOUR) / MINUTE);
      const seconds = (rest % MINUTE) / SECOND;
      if (rest >= LONG || (days > 0 && hours === 0)) return t('duration.days', { days });
      if (rest >= DAY) return t('duration.daysHours', { days, hours: String(hours) });
      if (rest >= HOUR && minutes === 0) return t('duration.hours', { hours: String(hours) });
      if (rest >= HOUR) return t('duration.hoursMinutes', { hours: String(hours), minutes: pad2(minutes) });
      if (rest >= MINUTE) return t('duration.minutesSeconds', { minutes: String(minutes), seconds: pad2(seconds) });
      return t('duration.seconds', { seconds: String(seconds) });
    },

    /** "in 3 days", "4 minutes ago": for lists, where seconds do not matter. */
    distance(iso: string, now: number): string {
      const difference = Date.parse(iso) - now;
      const magnitude = Math.abs(difference);
      const [unit, size] =
        magnitude < HOUR
          ? (['minute', MINUTE] as const)
          : magnitude < DAY
            ? (['hour', HOUR] as const)
            : (['day', DAY] as const);
      if (magnitude < MINUTE) return relativeFormat(locale).format(0, 'second');
      return relativeFormat(locale).format(Math.round(difference / size), unit);
    },

    /** "Teams of 2 to 5" */
    teamSize: (min: number, max: number): string =>
      t('teamSize', { size: min === max ? 'exact' : min === 1 ? 'upTo' : 'range', min, max }),

    seatsLeft: (left: number, capacity: number): string =>
      left > 0 ? t('seatsLeft', { left, capacity }) : t('allSeatsTaken', { capacity }),
  };
}

const NO_BREAK_SPACE = '\u00a0';

/** Otherwise a narrow column would break "27 Nov 2026" into two lines; only before the hour a new line may begin. */
const unbroken = (parts: readonly Intl.DateTimeFormatPart[]): string =>
  parts
    .map(({ value }, index) => (parts[index + 1]?.type === 'hour' ? value : value.replaceAll(' ', NO_BREAK_SPACE)))
    .join('');

const pad2 = (amount: number) => String(amount).padStart(2, '0');

/** Creating a format takes up to a millisecond. */
function memoized<Args extends readonly unknown[], Result>(
  create: (...args: Args) => Result,
): (...args: Args) => Result {
  const results = new Map<string, Result>();
  return (...args) => {
    const key = JSON.stringify(args);
    let result = results.get(key);
    if (result === undefined) {
      result = create(...args);
      results.set(key, result);
    }
    return result;
  };
}

const dateFormat = memoized(
  (locale: string, timeZone: string, style: DateStyle) =>
    new Intl.DateTimeFormat(locale, { ...DATE_STYLES[style], timeZone, hourCycle: 'h23' }),
);
const numberFormat = memoized(
  (locale: string, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const listFormat = memoized((locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const relativeFormat = memoized((locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
