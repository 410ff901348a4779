import pg from 'pg';
import { ORGANIZERS } from './competitions.js';
import type { demoData } from './data.js';
import type { DemoPerson } from './people.js';

type DemoData = ReturnType<typeof demoData>;

/**
 * Replaces the database of the demo with an empty one. Its dates are relative to the start of the demo, so data of an
 * earlier run would be in the past.
 */
export async function recreateDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  await withClient(server.href, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

/** Rows instead of requests: competitions of the past cannot be created through the API. Needs the trial accounts. */
export async function insertDemoData(url: string, { people, competitions }: DemoData, now: Date): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('BEGIN');
    await insertAccounts(client, people, 'PARTICIPANT');
    await insertAccounts(client, ORGANIZERS, 'ORGANIZER');
    for (const competition of competitions) await insertCompetition(client, competition, now);
    await client.query('COMMIT');
  });
}

/** By competition, the numbers of the people who are registered or waitlisted. */
export async function readRegistered(url: string, people: readonly DemoPerson[]): Promise<Map<string, Set<number>>> {
  const numbers = new Map(people.map(({ email }, number) => [email, number]));
  const registered = new Map<string, Set<number>>();
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ competition_id: string; email: string }>(
      `SELECT competition_id, email FROM registrations JOIN users ON users.id = user_id WHERE status <> 'CANCELLED'`,
    );
    for (const { competition_id: id, email } of rows) {
      const number = numbers.get(email);
      if (number !== undefined) registered.set(id, (registered.get(id) ?? new Set()).add(number));
    }
  });
  return registered;
}

/** With the password of the trial accounts. */
async function insertAccounts(client: pg.Client, accounts: readonly { name: string; email: string }[], role: string) {
  await client.query(
    `INSERT INTO users (email, name, role, password_hash, email_verified_at)
     SELECT account.email, account.name, $3::"Role", trial.password_hash, now()
     FROM unnest($1::text[], $2::text[]) AS account (email, name), users trial
     WHERE trial.email = 'participant1@minicompete.com'
     ON CONFLICT (email) DO NOTHING`,
    [accounts.map(({ email }) => email), accounts.map(({ name }) => name), role],
  );
}

async function insertCompetition(client: pg.Client, competition: DemoData['competitions'][number], now: Date) {
  const { title, description, tags, location, capacity, waitlist, canceled, registrations } = competition;
  const { regOpensAt, regDeadline, startDate, endDate, createdAt } = competition;
  const count = (status: string) => registrations.filter((one) => one.status === status).length;
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO competitions (organizer_id, title, description, tags, location, capacity, seats_left, waiting, waitlist,
                               reg_opens_at, reg_deadline, start_date, end_date, created_at,
                               cancelled_at, registrations_ended_at, line_closed_at)
     SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16 FROM users WHERE email = $1
     RETURNING id`,
    [
      ...[ORGANIZERS[competition.organizer]?.email, title, description, tags, location],
      ...[capacity, capacity - count('CONFIRMED'), count('WAITLISTED'), waitlist],
      ...[regOpensAt, regDeadline, startDate, endDate, createdAt],
      ...[canceled ? now : null, regDeadline < now ? regDeadline : null],
    ],
  );
  // The order of insertion is the order of admission, which decides who is first on the waitlist.
  await client.query(
    `INSERT INTO registrations (competition_id, user_id, status, registered_at, ended_at, end_reason)
     SELECT $1, users.id, one.status::"RegistrationStatus", one.at, one.ended_at,
            CASE WHEN one.ended_at IS NOT NULL THEN $6::"EndReason" END
     FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
            WITH ORDINALITY AS one (email, status, at, ended_at, number)
     JOIN users USING (email)
     ORDER BY one.number`,
    [
      rows[0]?.id,
      registrations.map(({ person }) => person.email),
      registrations.map(({ status }) => status),
      registrations.map(({ at }) => at.toISOString()),
      registrations.map(({ endedAt }) => endedAt?.toISOString() ?? null),
      canceled ? 'COMPETITION_CANCELLED' : 'LEFT',
    ],
  );
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
