// Dates, plurals and durations. Texts are English; times are in the user's time zone.

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
  let format = formats.get(zone);
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
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { year: '', month: '', day: '', hour: '', minute: '', timeZoneName: '', ...parts };
}

/** "CET", "UTC", "GMT-5": the short name of a time zone at that instant. */
export function zoneName(iso: string, zone: string): string {
  return partsOf(new Date(iso), zone).timeZoneName;
}

/**
 * Uses its own names of days and months: the server and the browser may have different versions of the locale data
 * ("Sep", "Sept"), and the text must not change on hydration.
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
export function formatDuration(milliseconds: number): string {
  const duration = Math.max(0, Math.ceil(milliseconds / SECOND) * SECOND);
  const pad2 = (amount: number) => String(amount).padStart(2, '0');
  if (duration >= 60 * DAY) return count(Math.floor(duration / DAY), 'day');
  if (duration >= DAY) return `${count(Math.floor(duration / DAY), 'day')} ${Math.floor((duration % DAY) / HOUR)} h`;
  if (duration >= HOUR) return `${Math.floor(duration / HOUR)} h ${pad2(Math.floor((duration % HOUR) / MINUTE))} min`;
  if (duration >= MINUTE)
    return `${Math.floor(duration / MINUTE)} min ${pad2(Math.floor((duration % MINUTE) / SECOND))} s`;
  return `${duration / SECOND} s`;
}

/** "in 3 days", "4 min ago": for lists, where seconds do not matter. */
export function formatDistance(iso: string, now: number): string {
  const difference = Date.parse(iso) - now;
  const duration = Math.abs(difference);
  const distance =
    duration < MINUTE
      ? 'a moment'
      : duration < HOUR
        ? `${Math.round(duration / MINUTE)} min`
        : duration < DAY
          ? `${Math.round(duration / HOUR)} h`
          : count(Math.round(duration / DAY), 'day');
  return difference >= 0 ? `in ${distance}` : `${distance} ago`;
}

export function seatsLeftText(seatsLeft: number, capacity: number): string {
  if (seatsLeft > 0) return `${seatsLeft.toLocaleString('en')} of ${count(capacity, 'seat')} left`;
  return capacity === 1 ? 'The seat is taken' : `All ${count(capacity, 'seat')} taken`;
}
