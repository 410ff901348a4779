import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import {
  aCompetition,
  aPerson,
  type CompetitionRow,
  employ,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { aTeam, endMembership, type NamedTeam, registerTeam } from '../../../test/support/named-teams.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
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

  it('I8 are checked in seconds after 20,000 registrations', async () => {
    const competition = await aCompetition({ capacity: 20_000 });
    await database.pool.query(
      `WITH person AS (
         INSERT INTO users (email, name, password_hash, role)
         SELECT n || '@example.org', 'Ada', '', 'PARTICIPANT' FROM generate_series(1, 20000) n RETURNING id
       ), registered AS (
         INSERT INTO registrations (user_id, competition_id, status) SELECT id, $1, 'CONFIRMED' FROM person RETURNING *
       ), told AS (
         INSERT INTO mailbox_messages (user_id, kind, about_id, competition_id, title, text)
         SELECT user_id, 'CONFIRMED', id, competition_id, 'In', 'In.' FROM registered
       ), settled AS (
         INSERT INTO outbox (queue, job, payload, settled_at)
         SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id), now() FROM registered
       )
       UPDATE competitions SET seats_left = 0 WHERE id = $1`,
      [competition.id],
    );
    await database.pool.query('ANALYZE');
    const client = new pg.Client({ connectionString: database.url, statement_timeout: 15_000 });
    await client.connect();
    const violations = checkInvariants(client).finally(() => client.end());
    await expect(violations).resolves.toEqual([]);
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

  it('I21 report an entry that is not the earliest scan, and a person without an entry', async () => {
    const [competition, person] = [await aCompetition(), await aPerson()];
    const registration = await insertRegistration(person.id, competition.id);
    const scan = (minutesAgo: number, result: string) =>
      database.pool.query(
        `INSERT INTO check_ins (id, competition_id, registration_id, user_id, kind, at, received_at, scanner_id, judged, accepted, result)
         VALUES (uuidv7(), $1, $2, $3, 'CHECK_IN', now() - $4 * interval '1 minute', now(), $3, 'SEATED', true, $5)`,
        [competition.id, registration, person.id, minutesAgo, result],
      );
    await scan(5, 'WELCOME');
    await scan(4, 'ALREADY_IN');
    expect(await broken()).toEqual([]);
    await scan(6, 'ALREADY_IN');
    expect(await broken()).toEqual(['I21']);
    await database.pool.query(`UPDATE check_ins SET result = 'ALREADY_IN'`);
    expect(await broken()).toEqual(['I21']);
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

  it('I7 report it also if its job was settled as outdated, which only the end of a hold or a cancellation explains', async () => {
    const competition = await aCompetition();
    await insertRegistration((await aPerson()).id, competition.id);
    await database.pool.query('UPDATE outbox SET settled_at = now(), outdated = true');
    expect(await broken()).toEqual(['I7']);
    await database.pool.query('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    expect(await broken()).not.toContain('I7');
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

  describe('of teams', () => {
    let competition: CompetitionRow;
    let team: NamedTeam;
    let members: Person[];
    const change = (sql: string, values: unknown[] = []) => database.pool.query(sql, values);
    beforeEach(async () => {
      competition = await aTeamCompetition({ teamMax: 3 });
      members = await people(2);
      team = await aTeam(competition, members);
      await registerTeam(team);
    });

    it('report nothing while the data is consistent', async () => {
      const waiting = await aTeam(competition, await people(3));
      await change('UPDATE competitions SET capacity = 3, seats_left = 1 WHERE id = $1', [competition.id]);
      await registerTeam(waiting, { join: true });
      await aTeam(competition, await people(1));
      expect(await broken()).toEqual([]);
      expect(await sampled()).toEqual([]);
    });

    it('I1 allow the stored response of a captain who has left the team since then, and of nobody who was never in it', async () => {
      const store = (userId: string | undefined) =>
        change(
          `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
           SELECT $1, 'REGISTER', 'k', '', 201, jsonb_build_object('registrationId', id)::text, now() + interval '1 day' FROM registrations`,
          [userId],
        );
      await store(members[0]?.id);
      await endMembership(team, members[0] as Person, 'LEFT');
      expect(await broken()).toEqual([]);
      await store((await aPerson()).id);
      expect(await broken()).toEqual(['I1']);
    });

    it('I3 and I16 report a registration that takes other seats than its members need', async () => {
      await change('UPDATE registrations SET seats = 3');
      expect(await broken()).toEqual(['I3', 'I16']);
      expect(await sampled()).toEqual(['I3', 'I16']);
    });

    it('I3 report seats of a waiting team that are not counted', async () => {
      const waiting = await aTeam(competition, await people(3));
      await change('UPDATE competitions SET capacity = 3, seats_left = 1 WHERE id = $1', [competition.id]);
      await registerTeam(waiting, { join: true });
      await change('UPDATE competitions SET waiting_extra_seats = 0');
      expect(await broken()).toEqual(['I3']);
    });

    it('I3 report a lock or a last pass of teams that nobody would notice', async () => {
      await change('UPDATE competitions SET next_expiry_at = NULL');
      expect(await broken()).toEqual(['I3']);
    });

    it('I4 report a person in two teams of a competition', async () => {
      await change('DROP INDEX one_living_membership');
      await aTeam(competition, members.slice(1));
      expect(await broken()).toEqual(['I4']);
      expect(await sampled()).toEqual(['I4']);
    });

    it('I7 report a member who was not told of the registration', async () => {
      await change('INSERT INTO team_members (team_id, competition_id, user_id) VALUES ($1, $2, $3)', [
        team.id,
        competition.id,
        (await aPerson()).id,
      ]);
      await change('UPDATE registrations SET seats = 3');
      await change('UPDATE competitions SET seats_left = seats_left - 1 WHERE id = $1', [competition.id]);
      expect(await broken()).toEqual([]);
      await change('UPDATE outbox SET settled_at = now(), outdated = true');
      expect(await broken()).toEqual(['I7']);
    });

    it('I8 report an event in a team that is settled without a message', async () => {
      await endMembership(team, members[1] as Person, 'LEFT');
      expect(await broken()).toEqual([]);
      await change(`UPDATE outbox SET settled_at = now() WHERE job = 'team-left'`);
      expect(await broken()).toEqual(['I8']);
    });

    it('I14 report a free seat that the first team on the waitlist could take, and none that it could not', async () => {
      const waiting = await aTeam(competition, await people(3));
      await change('UPDATE competitions SET capacity = 3, seats_left = 1 WHERE id = $1', [competition.id]);
      await registerTeam(waiting, { join: true });
      expect(await broken()).toEqual([]);
      await change('UPDATE competitions SET capacity = 5, seats_left = 3 WHERE id = $1', [competition.id]);
      expect(await broken()).toEqual(['I14']);
    });

    it('I16 report a captain who is no member, and a team that goes on without members', async () => {
      await change('UPDATE teams SET captain_id = $1', [(await aPerson()).id]);
      expect(await broken()).toEqual(['I16']);
      await change('UPDATE teams SET captain_id = $1, ended_at = now()', [members[0]?.id]);
      expect(await broken()).toEqual(['I16', 'I16']);
    });

    it('I18 report a member of a registered team who is on the staff', async () => {
      await employ(members[1] as Person, competition, 'REVIEWER');
      expect(await broken()).toEqual(['I18']);
    });
  });
});
