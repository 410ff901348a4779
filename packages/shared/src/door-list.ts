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
  /**
   * Who is in, in threes: how many people further in the list, seconds after `enteredFrom`, index in `doors`. Small numbers,
   * because on the day everybody is in.
   */
  readonly entries: readonly number[];
  /** Seconds since 1970. */
  readonly enteredFrom: number;
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
  const entryOf = entriesOf(list);
  return list.names.map((name, at) => {
    const bytes = ids.subarray(at * BYTES_PER_PERSON, (at + 1) * BYTES_PER_PERSON);
    const team = list.teamOf[at] ?? null;
    return {
      registrationId: toUuid(bytes.subarray(0, 16)),
      userId: toUuid(bytes.subarray(16)),
      name,
      team: team === null ? null : (list.teams[team] ?? null),
      status: DOOR_STATUSES[list.statuses[at] as keyof typeof DOOR_STATUSES] ?? 'ENDED',
      entry: entryOf.get(at) ?? null,
    };
  });
}

function entriesOf({ entries, enteredFrom, doors }: DoorList): Map<number, DoorPerson['entry']> {
  const byPerson = new Map<number, DoorPerson['entry']>();
  let person = 0;
  for (let i = 0; i + 2 < entries.length; i += 3) {
    const [gap = 0, seconds = 0, door = 0] = entries.slice(i, i + 3);
    person += gap;
    byPerson.set(person, { at: new Date((enteredFrom + seconds) * 1_000), door: doors[door] ?? '' });
  }
  return byPerson;
}
