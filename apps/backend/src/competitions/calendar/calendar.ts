export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

export interface CalendarFacts {
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
 * The date as a calendar entry (RFC 5545). The UID stays and the sequence grows, so that an entry which is added
 * again moves the one that is there. Without an end, calendars are given an hour.
 */
export function calendarEntry(competition: CalendarFacts): string {
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
    `SUMMARY:${text(title)}`,
    ...(location ? [`LOCATION:${text(location)}`] : []),
    `URL:${url}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** What people wrote must not end its line and begin a property of its own. */
const text = (value: string) => value.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

/** At most 75 bytes a line, and no character cut in two. */
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
