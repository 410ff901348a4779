/** One place for dates, plurals and spans of time. Texts are English; times are in the reader's zone, named. */

const IRREGULAR: Record<string, string> = { person: 'people', entry: 'entries' };

export function plural(amount: number, one: string, many = IRREGULAR[one] ?? `${one}s`): string {
  return amount === 1 ? one : many;
}

/** "1 seat", "12,000 seats". */
export function count(amount: number, one: string, many?: string): string {
  return `${amount.toLocaleString('en')} ${plural(amount, one, many)}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export type DateStyle = 'date' | 'time' | 'full' | 'short';

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: Date, zone: string) {
  const key = zone;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(key, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { year: '', month: '', day: '', hour: '', minute: '', timeZoneName: '', ...parts };
}

/** "CET", "UTC", "GMT-5": the short name of a zone at that instant. */
export function zoneName(iso: string, zone: string): string {
  return partsOf(new Date(iso), zone).timeZoneName;
}

/**
 * Names of days and months are our own: those of the server and of the browser come from different
 * versions of the same tables ("Sep", "Sept"), and a page must not change its words when it comes alive.
 */
export function formatInstant(iso: string, style: DateStyle, zone: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return '';
  const { year, month, day, hour, minute, timeZoneName } = partsOf(instant, zone);
  const weekday = DAYS[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()];
  const date = `${weekday} ${day} ${MONTHS[Number(month) - 1]} ${year}`;
  const time = `${hour}:${minute} ${timeZoneName}`;
  switch (style) {
    case 'date':
      return date;
    case 'time':
      return time;
    case 'short':
      return `${day} ${MONTHS[Number(month) - 1]} ${year}, ${hour}:${minute}`;
    case 'full':
      return `${date}, ${time}`;
  }
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The two largest units: "3 days 4 h", "2 h 05 min", "4 min 09 s", "12 s". Never below zero. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, Math.ceil(milliseconds / SECOND) * SECOND);
  const two = (amount: number) => String(amount).padStart(2, '0');
  if (span >= 60 * DAY) return count(Math.floor(span / DAY), 'day');
  if (span >= DAY) return `${count(Math.floor(span / DAY), 'day')} ${Math.floor((span % DAY) / HOUR)} h`;
  if (span >= HOUR) return `${Math.floor(span / HOUR)} h ${two(Math.floor((span % HOUR) / MINUTE))} min`;
  if (span >= MINUTE) return `${Math.floor(span / MINUTE)} min ${two(Math.floor((span % MINUTE) / SECOND))} s`;
  return `${span / SECOND} s`;
}

/** "in 3 days", "4 min ago": for lists, where the second does not matter. */
export function formatDistance(iso: string, now: number): string {
  const difference = Date.parse(iso) - now;
  const span = Math.abs(difference);
  const words =
    span < MINUTE
      ? 'a moment'
      : span < HOUR
        ? `${Math.round(span / MINUTE)} min`
        : span < DAY
          ? `${Math.round(span / HOUR)} h`
          : count(Math.round(span / DAY), 'day');
  return difference >= 0 ? `in ${words}` : `${words} ago`;
}

/** The fact that everybody came for. */
export function seatsLeftText(seatsLeft: number, capacity: number): string {
  if (seatsLeft > 0) return `${seatsLeft.toLocaleString('en')} of ${count(capacity, 'seat')} left`;
  return capacity === 1 ? 'The seat is taken' : `All ${count(capacity, 'seat')} taken`;
}
