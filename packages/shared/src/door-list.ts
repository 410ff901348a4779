// Without Zod: the door imports this file, and would have to load Zod as well.
import { type TicketHolder, toUuid } from './tickets.js';

/** What a door needs to know of a registration. `E` has ended, `H`, `W` and `A` have no seat for sure. */
export const DOOR_STATUSES = { S: 'SEATED', H: 'HELD', W: 'WAITLISTED', A: 'APPLIED', E: 'ENDED' } as const;
export type DoorStatus = (typeof DOOR_STATUSES)[keyof typeof DOOR_STATUSES];

/**
 * The people of a competition in columns, because a row for each would be twice as large. `names`, `statuses` (one letter
 * each) and `teamOf` are in the order of the people in `ids`.
 */
export interface DoorList {
  /** base64 of 32 bytes per person: the ids of the registration and of the user. */
  readonly ids: string;
  readonly names: readonly string[];
  readonly statuses: string;
  /** Indexes in `teams`; empty in a competition for persons. */
  readonly teamOf: readonly (number | null)[];
  readonly teams: readonly string[];
  /** Indexes in `doors`, and when the person came in. */
  readonly entries: readonly (readonly [person: number, secondsSince1970: number, door: number])[];
  /** Names. */
  readonly doors: readonly string[];
}

export interface DoorPerson extends TicketHolder {
  readonly name: string;
  readonly team: string | null;
  readonly status: DoorStatus;
  readonly entry: { readonly at: Date; readonly door: string } | null;
}

const BYTES_PER_PERSON = 32;

/** The people of a list, in its order. */
export function peopleOf(list: DoorList): DoorPerson[] {
  const ids = Uint8Array.from(atob(list.ids), (character) => character.charCodeAt(0));
  const entryOf = new Map(list.entries.map(([person, seconds, door]) => [person, { seconds, door }]));
  return list.names.map((name, at) => {
    const bytes = ids.subarray(at * BYTES_PER_PERSON, (at + 1) * BYTES_PER_PERSON);
    const team = list.teamOf[at] ?? null;
    const entry = entryOf.get(at);
    return {
      registrationId: toUuid(bytes.subarray(0, 16)),
      userId: toUuid(bytes.subarray(16)),
      name,
      team: team === null ? null : (list.teams[team] ?? null),
      status: DOOR_STATUSES[list.statuses[at] as keyof typeof DOOR_STATUSES] ?? 'ENDED',
      entry: entry ? { at: new Date(entry.seconds * 1_000), door: list.doors[entry.door] ?? '' } : null,
    };
  });
}
