import { type Language, LOCALES } from '@mini-compete/shared/languages';

/** Reads dates and times as people type them. Ambiguous ones are rejected: a wrong deadline is worse than a question. */

const ARABIC_ZERO = '٠'.charCodeAt(0);
const latinDigits = (text: string) => text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO));
const pad2 = (amount: number) => String(amount).padStart(2, '0');

/** `2026-12-01`, `1.12.2026`, `1 Dec 2026`, and `13/12/2026` where only one order is possible → `2026-12-01`, or null. */
export function parseDate(typed: string, language: Language): string | null {
  const text = latinDigits(typed).trim().toLowerCase();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dateOf(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})$/.exec(text);
  if (dotted) return dateOf(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text);
  if (slashed) return slashedDate(slashed, language);
  return namedDate(text, language);
}

/** People who write English write both orders, those who write German or Arabic only the day first. */
function slashedDate([, first, second, year]: RegExpExecArray, language: Language): string | null {
  if (Number(second) > 12) return dateOf(year, first, second);
  const dayFirst = language !== 'en' || Number(first) > 12 || first === second;
  return dayFirst ? dateOf(year, second, first) : null;
}

/** "1 Dec 2026", "1. Dezember 2026", "December 1, 2026". */
function namedDate(text: string, language: Language): string | null {
  const [, name = ''] = /(\p{L}[\p{L}\p{M}]{2,})/u.exec(text) ?? [];
  const month = monthNames(language).findIndex((full) => full.startsWith(name)) + 1;
  const [day, year, ...others] = text.match(/\d+/g) ?? [];
  if (name === '' || month === 0 || others.length > 0) return null;
  return dateOf(year, String(month), day);
}

function monthNames(language: Language): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month)).toLowerCase());
}

function dateOf(year = '', month = '', day = ''): string | null {
  const [y, m, d] = [Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  // The 31st of November would become the 1st of December.
  const exists = year !== '' && date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d;
  return exists ? `${String(y).padStart(4, '0')}-${pad2(m)}-${pad2(d)}` : null;
}

/** `14:00`, `14.00`, `1400`, `14`, `2pm`, `2:30 p.m.`, `14 Uhr`, `2 م` → `14:00`, or null. */
export function parseTime(typed: string): string | null {
  const text = latinDigits(typed).trim().toLowerCase();
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|a\.m\.|ص|pm|p\.m\.|م|uhr)?$/.exec(text);
  if (!match) return null;
  const [, hourText, minuteText = '0', half = ''] = match;
  let hour = Number(hourText);
  const isMorning = /^(a|ص)/.test(half);
  const isAfternoon = /^(p|م)/.test(half);
  if (isMorning || isAfternoon) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (isAfternoon ? 12 : 0);
  }
  return hour < 24 && Number(minuteText) < 60 ? `${pad2(hour)}:${pad2(Number(minuteText))}` : null;
}

/** A date as the reader of this language would type it. */
export function typedDate(iso: string, language: Language): string {
  const [year, month, day] = iso.split('-');
  return language === 'de' ? `${day}.${month}.${year}` : iso;
}
