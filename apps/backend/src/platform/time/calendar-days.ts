const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The days of a time zone, as numbers from 1970-01-01. Computed here and not in SQL: PostgreSQL may know fewer names of
 * zones than browsers do, which still say Asia/Calcutta.
 */
export class CalendarDays {
  private readonly format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  }

  dayOf(instant: Date): number {
    return Math.floor(this.localMs(instant.getTime()) / DAY_MS);
  }

  /** The first instant of a day. Where clocks go forward at midnight, the day begins later. */
  beginOf(day: number): Date {
    const midnight = day * DAY_MS;
    // The offset from UTC is the one before or after a change near midnight.
    const candidates = [midnight - DAY_MS, midnight + DAY_MS].map((near) => midnight - this.offsetMs(near));
    const begin = candidates.sort((a, b) => a - b).find((instant) => this.localMs(instant) >= midnight);
    return new Date(begin ?? midnight);
  }

  /** The first instants of `count` days, the last of which is `last`. */
  beginsUntil(last: number, count: number): Date[] {
    return Array.from({ length: count }, (_, index) => this.beginOf(last - count + 1 + index));
  }

  /** The beginning of the hour. Zones differ from UTC by half and quarter hours too. */
  beginOfHour(instant: Date): Date {
    const local = this.localMs(instant.getTime());
    return new Date(instant.getTime() - (((local % HOUR_MS) + HOUR_MS) % HOUR_MS));
  }

  private localMs(instant: number): number {
    return instant + this.offsetMs(instant);
  }

  /** From a text like `GMT+05:30`, or `GMT` for UTC. */
  private offsetMs(instant: number): number {
    const name = this.format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(name) ?? [];
    const ms = Number(hours) * HOUR_MS + Number(minutes) * 60 * SECOND_MS + Number(seconds) * SECOND_MS;
    return sign === '-' ? -ms : ms;
  }
}
