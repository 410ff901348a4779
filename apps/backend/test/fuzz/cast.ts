import { randomBytes } from 'node:crypto';
import { type Person, people } from '../support/factories.js';
import { rows } from '../support/queries.js';

/** In a response to somebody who may not read it, it is a leak. */
export const MARKER = /marker-[0-9a-f]{12}/g;

/** What actors write while requests are sent. */
export const TYPED = 'typed-by-somebody';
export const FORBIDDEN_IN_LOG = new RegExp(`${MARKER.source}|${TYPED}`);

/** Texts that stand for personal data, and for what people write to each other. */
export class Markers {
  private readonly readers = new Map<string, readonly Person[]>();

  plant(...readers: readonly Person[]): string {
    const marker = `marker-${randomBytes(6).toString('hex')}`;
    this.readers.set(marker, readers);
    return marker;
  }

  readableBy(person: Person | null): ReadonlySet<string> {
    const ofPerson = [...this.readers].filter(
      ([, readers]) => person !== null && (person.role === 'ADMIN' || readers.includes(person)),
    );
    return new Set(ofPerson.map(([marker]) => marker));
  }
}

export type Cast = Awaited<ReturnType<typeof createCast>>;

/** Each has an address with a marker. */
export async function createCast(markers: Markers) {
  const [ann, mona, ben] = (await people(3, { role: 'ORGANIZER' })) as [Person, Person, Person];
  const [admin] = (await people(1, { role: 'ADMIN' })) as [Person];
  type Eight = [Person, Person, Person, Person, Person, Person, Person, Person];
  const [rita, sam, paul, hana, rolf, nora, lea, pia] = (await people(8)) as Eight;
  const managers = [ann, mona];
  const cast = { ann, mona, rita, sam, paul, hana, rolf, nora, lea, ben, pia, admin };
  for (const person of Object.values(cast)) {
    const organizers = person === ben || person === pia ? [ben] : managers;
    Object.assign(person, { email: `${markers.plant(person, ...organizers)}@example.org` });
  }
  const persons = Object.values(cast);
  await rows(
    `UPDATE users SET email = given.email FROM unnest($1::uuid[], $2::text[]) AS given (id, email) WHERE users.id = given.id`,
    [persons.map(({ id }) => id), persons.map(({ email }) => email)],
  );
  return {
    ...cast,
    managers,
    reviewers: [...managers, rita],
    /** Everybody in Ann's competitions. */
    insiders: [...managers, rita, sam, paul, hana, rolf, nora, lea],
  };
}
