import { randomUUID } from 'node:crypto';
import { testPool } from '../database.js';
import { aCompetition, type Person, people } from '../factories.js';

/** Who asks, and whose data nobody else may see: each has a mark that is in all that is theirs. */
export interface Actor {
  readonly name: string;
  readonly person: Person | null;
  /** Marks of others that this one may see. */
  readonly maySee: readonly string[];
}

export interface Cast {
  readonly actors: readonly Actor[];
  /** Ids of things that exist, whosever they are. */
  readonly ids: readonly string[];
  readonly marks: readonly string[];
}

/** Two organizers, each with people who are in or wait, with messages; and an admin with something to mend. */
export async function aCast(): Promise<Cast> {
  const [ann, ben] = (await people(2, { role: 'ORGANIZER' })) as [Person, Person];
  const [admin] = (await people(1, { role: 'ADMIN' })) as [Person];
  const [paul, pia] = (await people(2)) as [Person, Person];
  const all = [ann, ben, admin, paul, pia];
  const markOf = ({ id }: Person) => `mark-${id.slice(-12)}`;
  const ids: string[] = [randomUUID()];
  for (const person of all) {
    await testPool().query(`UPDATE users SET email = $2 || '@example.org' WHERE id = $1`, [person.id, markOf(person)]);
    ids.push(person.sessionId);
  }
  for (const [organizer, entrant] of [
    [ann, paul],
    [ben, pia],
  ] as const) {
    const open = await aCompetition({ organizer, capacity: 2 });
    const full = await aCompetition({ organizer, capacity: 1, title: `Full one of ${organizer.name}` });
    await aCompetition({ organizer, capacity: 1, regDeadline: new Date(Date.now() - 1_000) });
    ids.push(open.id, full.id, await isIn(entrant, full.id), await aMessageTo(entrant, markOf(entrant)));
  }
  ids.push(await aFailedJob());
  const everybody = all.map(markOf);
  return {
    ids,
    marks: everybody,
    actors: [
      { name: 'a visitor', person: null, maySee: [] },
      { name: 'Ann, an organizer', person: ann, maySee: [markOf(ann), markOf(paul)] },
      { name: 'Ben, an organizer', person: ben, maySee: [markOf(ben), markOf(pia)] },
      { name: 'Paul, in at Ann', person: paul, maySee: [markOf(paul)] },
      { name: 'Pia, in at Ben', person: pia, maySee: [markOf(pia)] },
      { name: 'an admin', person: admin, maySee: everybody },
    ],
  };
}

async function isIn(person: Person, competitionId: string): Promise<string> {
  const { rows } = await testPool().query<{ id: string }>(
    `WITH counted AS (UPDATE competitions SET seats_left = seats_left - 1 WHERE id = $2),
     registered AS (INSERT INTO registrations (user_id, competition_id, status) VALUES ($1, $2, 'PENDING') RETURNING id),
     told AS (INSERT INTO outbox (queue, job, payload) SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id) FROM registered)
     SELECT id FROM registered`,
    [person.id, competitionId],
  );
  return (rows[0] as { id: string }).id;
}

async function aMessageTo(person: Person, mark: string): Promise<string> {
  const { rows } = await testPool().query<{ id: string }>(
    `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text) VALUES ($1, 'REMINDER', $1, $2, $2) RETURNING id`,
    [person.id, `For ${mark} only`],
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
