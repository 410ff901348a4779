import { DEFAULT_LANGUAGE, type Language, LOCALES } from '@mini-compete/shared/languages';
import { supportedLanguage } from '../../platform/i18n/languages.js';

/** How a person reads messages. */
export interface Reader {
  readonly language: Language;
  /** An IANA name. */
  readonly timeZone: string;
}

/** Of a row `u` of `users`, for `readerOf`. */
export const READER_COLUMNS = 'u.language, u.time_zone AS "timeZone"';

/** A person who has chosen nothing reads English, with times in UTC. */
export interface ReaderColumns {
  readonly language: string | null;
  readonly timeZone: string | null;
}

const DEFAULT_TIME_ZONE = 'UTC';

export function readerOf({ language, timeZone }: ReaderColumns): Reader {
  return {
    language: supportedLanguage(language) ?? DEFAULT_LANGUAGE,
    timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : DEFAULT_TIME_ZONE,
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Day, time and the name of the time zone; of a range on one day, the day only once. Keeps formatters: they are slow to make. */
export function formatTime({ language, timeZone }: Reader, start: Date, end: Date | null = null): string {
  const key = `${language} ${timeZone}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(LOCALES[language], {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
      // As on the pages: Arabic would write 12 hours.
      hourCycle: 'h23',
      timeZone,
    });
    formatters.set(key, formatter);
  }
  return end === null ? formatter.format(start) : formatter.formatRange(start, end);
}

const timeZones = new Map<string, boolean>();

/** A newer or older version of the time zone database may not have a name that was valid when it was stored. */
function isTimeZone(name: string): boolean {
  let isKnown = timeZones.get(name);
  if (isKnown === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      isKnown = true;
    } catch {
      isKnown = false;
    }
    timeZones.set(name, isKnown);
  }
  return isKnown;
}
