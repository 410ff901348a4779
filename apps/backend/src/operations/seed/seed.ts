import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { withSessionSettings } from '../../platform/database/connection.js';
import { enqueueSql } from '../../platform/queue/outbox.js';
import { seedCovers } from './seed-covers.js';
import { SEED_COMPETITIONS, SEED_PASSWORD, SEED_USERS, type SeedCompetition } from './seed-data.js';

/** Idempotent: inserts what is missing and changes nothing that exists, so it may run at every start. */
export async function seed(databaseUrl: string): Promise<{ users: number; competitions: number }> {
  const client = new pg.Client({ connectionString: withSessionSettings(databaseUrl) });
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

const emailOf = (number: number) => `participant${number}@minicompete.com`;
