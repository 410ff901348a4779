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

/** What accepting `count` people does. The database function `decide_v1` says the same under the lock. */
export function acceptEffect(
  count: number,
  room: { readonly free: number; readonly waitlist: boolean; readonly holds: boolean },
): DecisionEffect {
  const seated = Math.min(count, room.free);
  const others = count - seated;
  return {
    seats: room.holds ? 0 : seated,
    holds: room.holds ? seated : 0,
    places: room.waitlist ? others : 0,
    undecided: room.waitlist ? 0 : others,
  };
}

/** People who get a seat or a place get a message. */
export const notifiedBy = ({ seats, holds, places }: DecisionEffect): number => seats + holds + places;
