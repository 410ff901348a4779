import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, people } from '../../../test/support/factories.js';
import { checkInvariants, sampleInvariants } from './invariants.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const broken = async () => (await checkInvariants(database.pool)).map(({ id }) => id);
const sampled = async () => (await sampleInvariants(database.pool)).map(({ id }) => id);

/** A registration as `register_v2` writes it, with its confirmation job in the outbox. */
async function insertRegistration(userId: string, competitionId: string, status = 'PENDING'): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `WITH registered AS (
       INSERT INTO registrations (user_id, competition_id, status) VALUES ($1, $2, $3::"RegistrationStatus") RETURNING *
     ), counted AS (
       UPDATE competitions SET seats_left = seats_left - ($3 <> 'WAITLISTED')::int, waiting = waiting + ($3 = 'WAITLISTED')::int
       WHERE id = $2
     ), enqueued AS (
       INSERT INTO outbox (queue, job, payload)
       SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id) FROM registered
     )
     SELECT id FROM registered`,
    [userId, competitionId, status],
  );
  return rows[0]?.id as string;
}

describe('the invariants', () => {
  it('report nothing while the data is consistent', async () => {
    const competition = await aCompetition({ capacity: 2 });
    for (const person of await people(2)) await insertRegistration(person.id, competition.id);
    await insertRegistration((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual([]);
    expect(await sampled()).toEqual([]);
  });

  it('I1 report a stored 201 response without its registration', async () => {
    const person = await aPerson();
    await database.pool.query(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
       VALUES ($1, 'REGISTER', 'k', '', 201, json_build_object('registrationId', gen_random_uuid()), now() + interval '1 day')`,
      [person.id],
    );
    expect(await broken()).toEqual(['I1']);
  });

  it('I2 report more seated registrations than capacity', async () => {
    await database.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
    const competition = await aCompetition({ capacity: 1 });
    for (const person of await people(2)) await insertRegistration(person.id, competition.id);
    expect(await broken()).toEqual(['I2', 'I3']);
    expect(await sampled()).toEqual(['I2', 'I3']);
  });

  it('I3 report a seat that is neither taken nor free', async () => {
    const competition = await aCompetition({ capacity: 3 });
    await insertRegistration((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE competitions SET seats_left = 1');
    expect(await broken()).toEqual(['I3']);
    expect(await sampled()).toEqual(['I3']);
  });

  it('I3 report a waitlist counter that disagrees with the registrations', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await insertRegistration((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE competitions SET waiting = 1');
    expect(await broken()).toEqual(['I3']);
  });

  it('I4 report a person with two active registrations', async () => {
    await database.pool.query('DROP INDEX one_active_registration');
    const competition = await aCompetition();
    const person = await aPerson();
    await insertRegistration(person.id, competition.id);
    await insertRegistration(person.id, competition.id, 'CONFIRMED');
    expect(await broken()).toEqual(['I4']);
    expect(await sampled()).toEqual(['I4']);
  });

  it('I6 report the same message twice', async () => {
    await database.pool.query('DROP INDEX one_message_per_occurrence');
    const person = await aPerson();
    await database.pool.query(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text)
       SELECT $1, 'REMINDER', $1, 'Soon', 'Soon.' FROM generate_series(1, 2)`,
      [person.id],
    );
    expect(await broken()).toEqual(['I6']);
  });

  it('I7 report a registration without a confirmation', async () => {
    const competition = await aCompetition();
    await insertRegistration((await aPerson()).id, competition.id);
    await database.pool.query('DELETE FROM outbox');
    expect(await broken()).toEqual(['I7']);
  });

  it('I8 report a job that is settled without its effect', async () => {
    const competition = await aCompetition();
    await insertRegistration((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE outbox SET settled_at = now()');
    expect(await broken()).toEqual(['I7', 'I8']);
  });

  it('I14 report a free seat while somebody is on the waitlist', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await insertRegistration((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual(['I14']);
    expect(await sampled()).toEqual(['I14']);
  });

  it('I14 allow it once the deadline has passed', async () => {
    const competition = await aCompetition({ capacity: 1, regDeadline: new Date(Date.now() - 1000) });
    await insertRegistration((await aPerson()).id, competition.id, 'WAITLISTED');
    expect(await broken()).toEqual([]);
  });

  it('I14 allow it while a promotion is due, which must not stay unfinished', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await insertRegistration((await aPerson()).id, competition.id, 'WAITLISTED');
    const dueSince = (age: string) =>
      database.pool.query('UPDATE competitions SET next_due_at = now() - $1::interval', [age]);
    await dueSince('1 minute');
    expect(await broken()).toEqual([]);
    await dueSince('11 minutes');
    expect(await broken()).toEqual(['I14']);
  });

  it('I14 report a promotion that is due although nobody can be promoted', async () => {
    await aCompetition({ capacity: 1 });
    await database.pool.query('UPDATE competitions SET next_due_at = now()');
    expect(await broken()).toEqual(['I14']);
  });

  it('I14 report somebody with a seat who came after somebody on the waitlist', async () => {
    const competition = await aCompetition({ capacity: 1 });
    await insertRegistration((await aPerson()).id, competition.id, 'WAITLISTED');
    await insertRegistration((await aPerson()).id, competition.id);
    expect(await broken()).toEqual(['I14']);
    expect(await sampled()).toEqual(['I14']);
  });
});
