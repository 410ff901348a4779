import { randomUUID } from 'node:crypto';
import { testPool } from '../support/database.js';
import { aCompetition, type Person, people } from '../support/factories.js';

/** Sends requests. All personal data of an actor contains a marker, so that a leak of it is recognized. */
export interface Actor {
  readonly name: string;
  readonly person: Person | null;
  /** The markers that responses to this actor may contain. */
  readonly mayRead: readonly string[];
}

export interface Fixtures {
  readonly actors: readonly Actor[];
  /** Ids of existing rows, of all actors. */
  readonly ids: readonly string[];
  readonly markers: readonly string[];
}

/** Two organizers, each with a participant who has a message, and an admin with a failed job. */
export async function createFixtures(): Promise<Fixtures> {
  const [ann, ben] = (await people(2, { role: 'ORGANIZER' })) as [Person, Person];
  const [admin] = (await people(1, { role: 'ADMIN' })) as [Person];
  const [paul, pia] = (await people(2)) as [Person, Person];
  const all = [ann, ben, admin, paul, pia];
  const markerOf = ({ id }: Person) => `marker-${id.slice(-12)}`;
  const ids: string[] = [randomUUID()];
  for (const person of all) {
    await testPool().query(`UPDATE users SET email = $2 || '@example.org' WHERE id = $1`, [
      person.id,
      markerOf(person),
    ]);
    ids.push(person.sessionId);
  }
  for (const [organizer, participant] of [
    [ann, paul],
    [ben, pia],
  ] as const) {
    const open = await aCompetition({ organizer, capacity: 2 });
    const full = await aCompetition({ organizer, capacity: 1, title: `Full competition of ${organizer.name}` });
    await aCompetition({ organizer, capacity: 1, regDeadline: new Date(Date.now() - 1_000) });
    ids.push(
      open.id,
      full.id,
      await aRegistration(participant, full.id),
      await aMessageTo(participant, markerOf(participant)),
    );
  }
  ids.push(await aFailedJob());
  const markers = all.map(markerOf);
  return {
    ids,
    markers,
    actors: [
      { name: 'a visitor', person: null, mayRead: [] },
      { name: 'Ann, an organizer', person: ann, mayRead: [markerOf(ann), markerOf(paul)] },
      { name: 'Ben, an organizer', person: ben, mayRead: [markerOf(ben), markerOf(pia)] },
      { name: 'Paul, registered with Ann', person: paul, mayRead: [markerOf(paul)] },
      { name: 'Pia, registered with Ben', person: pia, mayRead: [markerOf(pia)] },
      { name: 'an admin', person: admin, mayRead: markers },
    ],
  };
}

async function aRegistration(person: Person, competitionId: string): Promise<string> {
  const { rows } = await testPool().query<{ id: string }>(
    `WITH counted AS (UPDATE competitions SET seats_left = seats_left - 1 WHERE id = $2),
     registered AS (INSERT INTO registrations (user_id, competition_id, status) VALUES ($1, $2, 'PENDING') RETURNING id),
     job AS (INSERT INTO outbox (queue, job, payload) SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id) FROM registered)
     SELECT id FROM registered`,
    [person.id, competitionId],
  );
  return (rows[0] as { id: string }).id;
}

async function aMessageTo(person: Person, marker: string): Promise<string> {
  const { rows } = await testPool().query<{ id: string }>(
    `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text) VALUES ($1, 'REMINDER', $1, $2, $2) RETURNING id`,
    [person.id, `For ${marker} only`],
  );
  return (rows[0] as { id: string }).id;
}

async function aFailedJob(): Promise<string> {
  const { rows } = await testPool().query<{ id: string }>(
    `WITH job AS (
       INSERT INTO outbox (queue, job, payload, settled_at)
       VALUES ('mail', 'send', jsonb_build_object('messageId', gen_random_uuid()), now()) RETURNING *
     )
     INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts)
     SELECT id, queue, job, payload, 'refused', 3 FROM job RETURNING id`,
  );
  return (rows[0] as { id: string }).id;
}
