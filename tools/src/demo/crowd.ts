import { pick, type Random } from './random.js';

/** A competition as the public list shows it. */
export interface LiveCompetition {
  readonly id: string;
  readonly capacity: number;
  readonly status: string;
  readonly waitlist: boolean;
  readonly regOpensAt: string | null;
  /** Set where only teams register. */
  readonly teamMax?: number | null;
}

export interface CrowdAction {
  readonly kind: 'register' | 'leave';
  readonly competition: LiveCompetition;
  /** The number of a person. */
  readonly person: number;
}

/** Who is registered or waitlisted, by competition. */
export type Registered = ReadonlyMap<string, ReadonlySet<number>>;

const BURST_MS = 45_000;
const BURST_WEIGHT = 12;
const BURST_PAUSE_MS = 160;
const PAUSE_MS = 330;
/** Attempts to find a person at random before the crowd skips a turn. */
const ATTEMPTS = 50;

/**
 * What somebody in the crowd does next, decided from the arguments alone. Every competition has a demand of its own, from
 * two thirds of its seats to a waitlist of 40 %; the crowd registers below it and leaves above it, so seats keep moving and
 * nothing fills up for good.
 */
export function nextAction(
  competitions: readonly LiveCompetition[],
  registered: Registered,
  crowdSize: number,
  now: number,
  random: Random,
): CrowdAction | null {
  // The crowd has no teams.
  const accepting = competitions.filter(({ status, teamMax }) => !teamMax && (status === 'open' || status === 'full'));
  if (accepting.length === 0) return null;
  const weighted = accepting.flatMap((one) =>
    Array<LiveCompetition>(hasJustOpened(one, now) ? BURST_WEIGHT : 1).fill(one),
  );
  const competition = pick(weighted, random);
  const inside = registered.get(competition.id) ?? new Set();
  const demand = Math.min(appeal(competition.id) * competition.capacity, 0.9 * crowdSize);
  const chance = Math.min(0.92, Math.max(0.1, 0.5 + 2 * (1 - inside.size / demand)));
  if (random() < chance) {
    const person = findPerson(crowdSize, random, (one) => !inside.has(one));
    return person === null ? null : { kind: 'register', competition, person };
  }
  return inside.size === 0 ? null : { kind: 'leave', competition, person: pick([...inside], random) };
}

function findPerson(crowdSize: number, random: Random, fits: (person: number) => boolean): number | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const person = Math.floor(random() * crowdSize);
    if (fits(person)) return person;
  }
  return null;
}

/** From 0.65 to 1.4, by the last digits of the id. */
const appeal = (id: string) => 0.65 + (Number.parseInt(id.slice(-4), 16) / 0xffff) * 0.75;

const hasJustOpened = ({ regOpensAt }: LiveCompetition, now: number) =>
  regOpensAt !== null && now - Date.parse(regOpensAt) < BURST_MS;

/** Three actions a second; six while a competition has just opened. */
export function pauseMs(competitions: readonly LiveCompetition[], now: number, random: Random): number {
  const isBurst = competitions.some((one) => one.status === 'open' && hasJustOpened(one, now));
  return (isBurst ? BURST_PAUSE_MS : PAUSE_MS) * (0.5 + random());
}
