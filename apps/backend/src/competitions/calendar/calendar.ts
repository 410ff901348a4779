export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

export interface CalendarCompetition {
  readonly id: string;
  readonly title: string;
  readonly location: string | null;
  readonly startDate: Date;
  readonly endDate: Date | null;
  readonly cancelled: boolean;
  readonly version: number;
  readonly updatedAt: Date;
  readonly url: string;
}

const HOUR_MS = 3_600_000;

/**
 * The date as an iCalendar entry (RFC 5545). The UID is constant and SEQUENCE increases, so that adding the entry again
 * updates the existing one. Without an end date it lasts one hour.
 */
export function calendarEntry(competition: CalendarCompetition): string {
  const { id, title, location, startDate, endDate, cancelled, version, updatedAt, url } = competition;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mini Compete//Mini Compete//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${id}@minicompete`,
    `SEQUENCE:${version}`,
    `DTSTAMP:${stamp(updatedAt)}`,
    `DTSTART:${stamp(startDate)}`,
    `DTEND:${stamp(endDate ?? new Date(startDate.getTime() + HOUR_MS))}`,
    `SUMMARY:${escapeText(title)}`,
    ...(location ? [`LOCATION:${escapeText(location)}`] : []),
    `URL:${url}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** An unescaped line break in a title would start another property. */
const escapeText = (value: string) => value.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

/** Lines have at most 75 bytes; a fold must not split a character. */
function fold(line: string): string {
  const folded: string[] = [];
  let bytes = 0;
  let current = '';
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > 75) {
      folded.push(current);
      current = ' ';
      bytes = 1;
    }
    current += character;
    bytes += size;
  }
  return [...folded, current].join('\r\n');
}
