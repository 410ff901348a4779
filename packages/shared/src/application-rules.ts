// Without Zod: pages import this file, and would have to load Zod as well.

/** Applications that one request decides. */
export const DECISIONS_MAX = 256;
/** Characters. */
export const REVIEW_NOTE_MAX = 2_000;

/** How many people get what, and how many remain undecided. */
export interface DecisionEffect {
  readonly seats: number;
  readonly holds: number;
  readonly places: number;
  readonly undecided: number;
}

interface Room {
  readonly free: number;
  readonly waitlist: boolean;
  readonly holds: boolean;
}

export type AcceptResult = 'PENDING' | 'HELD' | 'WAITLISTED' | 'APPLIED';

/**
 * What accepting does, in this order: `takes` is how many seats each needs. A team gets all of them or none; one that goes
 * on the waitlist is ahead of those behind it. The database function `decide_v1` says the same under the lock.
 */
export function acceptInOrder(takes: readonly number[], room: Room): AcceptResult[] {
  let taken = 0;
  return takes.map((seats) => {
    const fits = taken + seats <= room.free;
    if (fits || room.waitlist) taken += seats;
    if (fits) return room.holds ? 'HELD' : 'PENDING';
    return room.waitlist ? 'WAITLISTED' : 'APPLIED';
  });
}

export function effectOf(results: readonly AcceptResult[]): DecisionEffect {
  const count = (one: AcceptResult) => results.filter((result) => result === one).length;
  return { seats: count('PENDING'), holds: count('HELD'), places: count('WAITLISTED'), undecided: count('APPLIED') };
}

/** Of people, each of whom takes one seat. */
export const acceptEffect = (count: number, room: Room): DecisionEffect =>
  effectOf(acceptInOrder(Array(count).fill(1), room));

/** People who get a seat or a place get a message. */
export const notifiedBy = ({ seats, holds, places }: DecisionEffect): number => seats + holds + places;
