import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { COMMAND_CONNECTION, withSessionSettings } from '../../platform/database/connection.js';
import { enqueueSql } from '../../platform/queue/outbox.js';
import { newCode } from '../../registrations/teams/team-code.js';
import { nameKeyOf } from '../../registrations/teams/team-name.js';
import { seedCovers } from './seed-covers.js';
import { SEED_COMPETITIONS, SEED_PASSWORD, SEED_USERS, type SeedCompetition, type SeedTeams } from './seed-data.js';

/** Idempotent: inserts what is missing and changes nothing that exists, so it may run at every start. */
export async function seed(databaseUrl: string): Promise<{ users: number; competitions: number }> {
  const client = new pg.Client({ connectionString: withSessionSettings(databaseUrl), ...COMMAND_CONNECTION });
  await client.connect();
  try {
    await client.query('BEGIN');
    // A second process that seeds at the same time waits, and then finds everything inserted.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('seed'))`);
    const users = await seedUsers(client);
    let competitions = 0;
    for (const competition of SEED_COMPETITIONS) competitions += await seedCompetition(client, competition);
    await seedCovers(client);
    await client.query(`SELECT pg_notify('outbox', '')`);
    await client.query('COMMIT');
    return { users, competitions };
  } finally {
    await client.end();
  }
}

async function seedUsers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ email: string }>('SELECT email FROM users WHERE email = ANY ($1)', [
    SEED_USERS.map(({ email }) => email),
  ]);
  const present = new Set(rows.map(({ email }) => email));
  const missing = SEED_USERS.filter(({ email }) => !present.has(email));
  for (const { email, name, role } of missing)
    await client.query(
      'INSERT INTO users (email, name, role, password_hash, email_verified_at) VALUES ($1, $2, $3, $4, now())',
      [email, name, role, await hash(SEED_PASSWORD, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 })],
    );
  return missing.length;
}

async function seedCompetition(client: pg.Client, competition: SeedCompetition): Promise<number> {
  const { id, capacity, participants } = competition;
  const seated = Math.min(capacity, participants.length);
  const { rowCount } = await client.query(
    `INSERT INTO competitions (id, organizer_id, title, description, tags, location, capacity, seats_left, waiting,
                               reg_opens_at, reg_deadline, start_date, end_date, created_at)
     SELECT $1, u.id, $3, $4, $5, $6, $7, $8, $9,
            base + $10 * interval '1 day', base + $11 * interval '1 day', base + $12 * interval '1 day',
            base + $13 * interval '1 day', least(now(), base + ($11 - 30) * interval '1 day')
     FROM users u, date_trunc('hour', now()) AS base
     WHERE u.email = $2
     ON CONFLICT (id) DO NOTHING`,
    [
      ...[id, `organizer${competition.organizer}@minicompete.com`, competition.title, competition.description],
      ...[competition.tags, competition.location, capacity, capacity - seated, participants.length - seated],
      ...[competition.opens, competition.closes, competition.starts, competition.ends],
    ],
  );
  if (rowCount === 0) return 0;
  for (const [index, number] of participants.entries()) await seedRegistration(client, competition, number, index);
  if (competition.teams !== undefined) await seedTeams(client, id, competition.teams);
  return 1;
}

/** Like a registration over the API: the job in the outbox makes the worker confirm it. */
async function seedRegistration(
  client: pg.Client,
  { id, capacity, participants }: SeedCompetition,
  number: number,
  index: number,
): Promise<void> {
  const isSeated = index < capacity;
  await client.query(
    `WITH person AS (
       SELECT u.id, c.reg_deadline FROM users u, competitions c WHERE u.email = $2 AND c.id = $1
     ), registered AS (
       INSERT INTO registrations (competition_id, user_id, status, registered_at)
       SELECT $1, id, $3::"RegistrationStatus", least(now(), reg_deadline) - $4 * interval '7 hours' FROM person
       RETURNING *
     ), audited AS (
       INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
       SELECT registered_at, user_id, $5, competition_id, jsonb_build_object('registrationId', id, 'admission', admission)
       FROM registered
     )
     ${enqueueSql(isSeated ? 'confirmation' : 'waiting', { registrationId: 'id' }, 'FROM registered')}`,
    [
      ...[id, emailOf(number), isSeated ? 'PENDING' : 'WAITLISTED', participants.length - index],
      isSeated ? 'registration.seated' : 'registration.waiting',
    ],
  );
}

async function seedTeams(client: pg.Client, id: string, { min, max, formed }: SeedTeams): Promise<void> {
  await client.query('UPDATE competitions SET team_min = $2, team_max = $3 WHERE id = $1', [id, min, max]);
  for (const { name, members, isRegistered } of formed) {
    const teamId = await seedTeam(client, id, name, members);
    if (isRegistered) await registerTeam(client, teamId);
  }
  await client.query('SELECT set_next_expiry_v1($1)', [id]);
}

async function seedTeam(client: pg.Client, id: string, name: string, members: readonly number[]): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `WITH member AS (
       SELECT u.id, m.n FROM unnest($5::text[]) WITH ORDINALITY AS m (email, n) JOIN users u ON u.email = m.email
     ), team AS (
       INSERT INTO teams (competition_id, name, name_key, code, captain_id)
       SELECT $1, $2, $3, $4, id FROM member WHERE n = 1
       RETURNING id, captain_id
     ), joined AS (
       INSERT INTO team_members (team_id, competition_id, user_id, joined_at)
       SELECT team.id, $1, member.id, now() - interval '1 day' + member.n * interval '1 minute' FROM team, member
     ), audited AS (
       INSERT INTO audit_entries (actor_id, action, subject_id, details)
       SELECT captain_id, 'team.created', $1, jsonb_build_object('teamId', id, 'name', $2::text) FROM team
     )
     SELECT id FROM team`,
    [id, name, nameKeyOf(name), newCode(), members.map(emailOf)],
  );
  return (rows[0] as { id: string }).id;
}

async function registerTeam(client: pg.Client, teamId: string): Promise<void> {
  await client.query(
    `WITH registered AS (
       INSERT INTO registrations (competition_id, team_id, seats, status)
       SELECT t.competition_id, t.id, (SELECT count(*) FROM team_members WHERE team_id = t.id), 'PENDING'
       FROM teams t WHERE t.id = $1
       RETURNING *
     ), counted AS (
       UPDATE competitions c SET seats_left = seats_left - r.seats FROM registered r WHERE c.id = r.competition_id
     ), audited AS (
       INSERT INTO audit_entries (at, actor_id, action, subject_id, details)
       SELECT r.registered_at, t.captain_id, 'registration.seated', r.competition_id,
              jsonb_build_object('registrationId', r.id, 'admission', r.admission, 'teamId', t.id, 'seats', r.seats)
       FROM registered r JOIN teams t ON t.id = r.team_id
     )
     ${enqueueSql('confirmation', { registrationId: 'id' }, 'FROM registered')}`,
    [teamId],
  );
}

const emailOf = (number: number) => `participant${number}@minicompete.com`;
