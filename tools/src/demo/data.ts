import { DEMO_COMPETITIONS, type DemoCompetition } from './competitions.js';
import { type DemoPerson, demoPeople } from './people.js';
import { type Random, shuffled } from './random.js';

export const CROWD_SIZE = 400;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MINUTES = 24 * 60;
/** Hours of the day at which competitions start, in UTC. */
const START_HOURS = [8, 9, 13, 16, 17];
const OPENING_HOUR = 8;
const CLOSING_HOUR = 21;
/** One of so many has left again. */
const ONE_LEFT_OF = 11;

export interface DemoRegistration {
  readonly person: DemoPerson;
  readonly at: Date;
  readonly status: 'CONFIRMED' | 'WAITLISTED' | 'CANCELLED';
  readonly endedAt: Date | null;
}

/** What the demo starts with. Dates are relative to `now`. */
export function demoData(random: Random, now: Date) {
  const people = demoPeople(CROWD_SIZE, random);
  const competitions = DEMO_COMPETITIONS.map((competition, index) => {
    const dates = datesOf(competition, index, now);
    return {
      ...competition,
      ...dates,
      registrations: registrations(competition, dates, shuffled(people, random), now),
    };
  });
  return { people, competitions };
}

/** On the hour, and at a usual hour when it is days away. What opens within the hour opens to the second. */
function datesOf({ opens, closes, starts, lasts }: DemoCompetition, index: number, now: Date) {
  const isNear = (minutes: number) => Math.abs(minutes) < 2 * DAY_MINUTES;
  const shift = isNear(closes) ? 0 : index % 4;
  const at = (minutes: number) => now.getTime() + minutes * MINUTE_MS;
  const onTheHour = (minutes: number, hour: number) =>
    isNear(minutes)
      ? new Date(Math.ceil(at(minutes) / HOUR_MS) * HOUR_MS)
      : new Date(new Date(at(minutes + shift * DAY_MINUTES)).setUTCHours(hour, 0, 0, 0));
  const startDate = onTheHour(starts, START_HOURS[index % START_HOURS.length] ?? 9);
  return {
    regOpensAt: opens > 60 ? onTheHour(opens, OPENING_HOUR) : new Date(at(opens)),
    regDeadline: onTheHour(closes, CLOSING_HOUR),
    startDate,
    endDate: new Date(startDate.getTime() + lasts * MINUTE_MS),
    createdAt: new Date(at(Math.min(0, opens) - 60)),
  };
}

/** In order of admission: first seats, then places on the waitlist. Those who have left came in between. */
function registrations(
  { capacity, demand, waitlist, canceled }: DemoCompetition,
  { regOpensAt, regDeadline }: ReturnType<typeof datesOf>,
  people: DemoPerson[],
  now: Date,
): DemoRegistration[] {
  const active = Math.round(capacity * (waitlist ? demand : Math.min(1, demand)));
  const all = people.slice(0, active + Math.floor(active / ONE_LEFT_OF));
  const from = regOpensAt.getTime();
  const until = Math.min(now.getTime(), regDeadline.getTime());
  let seated = 0;
  return all.map((person, index) => {
    // Many come on the first days.
    const at = new Date(from + (until - from) * ((index + 1) / (all.length + 1)) ** 1.6);
    const hasLeft = index % (ONE_LEFT_OF + 1) === ONE_LEFT_OF;
    const ended = (endedAt: Date): DemoRegistration => ({ person, at, status: 'CANCELLED', endedAt });
    if (canceled) return ended(now);
    if (hasLeft) return ended(new Date((at.getTime() + until) / 2));
    return { person, at, status: seated++ < capacity ? 'CONFIRMED' : 'WAITLISTED', endedAt: null };
  });
}
