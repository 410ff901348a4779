import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, aPerson, people } from '../../../test/factories.js';
import { checkInvariants, sampleInvariants } from './invariants.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const broken = async () => (await checkInvariants(database.pool)).map(({ id }) => id);
const sampled = async () => (await sampleInvariants(database.pool)).map(({ id }) => id);

/** A registration as the desk writes it, with its confirmation on the way. */
async function seat(userId: string, competitionId: string, status = 'PENDING'): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `WITH registered AS (
       INSERT INTO registrations (user_id, competition_id, status) VALUES ($1, $2, $3::"RegistrationStatus") RETURNING *
     ), counted AS (
       UPDATE competitions SET seats_left = seats_left - ($3 <> 'WAITLISTED')::int, waiting = waiting + ($3 = 'WAITLISTED')::int
       WHERE id = $2
     ), told AS (
       INSERT INTO outbox (queue, job, payload)
       SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id) FROM registered
     )
     SELECT id FROM registered`,
    [userId, competitionId, status],
  );
  return rows[0]?.id as string;
}

describe('a planted violation is seen', () => {
  it('of nothing while everything is in order', async () => {
    const competition = await aCompetition({ capacity: 2 });
    for (const person of await people(2)) await seat(person.id, competition.id);
    await seat((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual([]);
    expect(await sampled()).toEqual([]);
  });

  it('I1 a remembered 201 without its registration', async () => {
    const person = await aPerson();
    await database.pool.query(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
       VALUES ($1, 'REGISTER', 'k', '', 201, json_build_object('registrationId', gen_random_uuid()), now() + interval '1 day')`,
      [person.id],
    );
    expect(await broken()).toEqual(['I1']);
  });

  it('I2 more seated than seats', async () => {
    await database.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
    const competition = await aCompetition({ capacity: 1 });
    for (const person of await people(2)) await seat(person.id, competition.id);
    expect(await broken()).toEqual(['I2', 'I3']);
    expect(await sampled()).toEqual(['I2', 'I3']);
  });

  it('I3 a seat that nobody holds and nobody can take', async () => {
    const competition = await aCompetition({ capacity: 3 });
    await seat((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE competitions SET seats_left = 1');
    expect(await broken()).toEqual(['I3']);
    expect(await sampled()).toEqual(['I3']);
  });

  it('I3 a line that is not as long as it says', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await seat((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE competitions SET waiting = 1');
    expect(await broken()).toEqual(['I3']);
  });

  it('I4 a person who is in twice', async () => {
    await database.pool.query('DROP INDEX one_active_registration');
    const competition = await aCompetition();
    const person = await aPerson();
    await seat(person.id, competition.id);
    await seat(person.id, competition.id, 'CONFIRMED');
    expect(await broken()).toEqual(['I4']);
    expect(await sampled()).toEqual(['I4']);
  });

  it('I6 the same message twice', async () => {
    await database.pool.query('DROP INDEX one_message_per_occurrence');
    const person = await aPerson();
    await database.pool.query(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text)
       SELECT $1, 'REMINDER', $1, 'Soon', 'Soon.' FROM generate_series(1, 2)`,
      [person.id],
    );
    expect(await broken()).toEqual(['I6']);
  });

  it('I7 a registration that nobody will ever be told of', async () => {
    const competition = await aCompetition();
    await seat((await aPerson()).id, competition.id);
    await database.pool.query('DELETE FROM outbox');
    expect(await broken()).toEqual(['I7']);
  });

  it('I8 a job that is settled without its effect', async () => {
    const competition = await aCompetition();
    await seat((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE outbox SET settled_at = now()');
    expect(await broken()).toEqual(['I7', 'I8']);
  });

  it('I14 a free seat while somebody waits', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await seat((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual(['I14']);
    expect(await sampled()).toEqual(['I14']);
  });

  it('I14 not once the deadline has passed', async () => {
    const competition = await aCompetition({ capacity: 1, regDeadline: new Date(Date.now() - 1000) });
    await seat((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual([]);
  });
});
