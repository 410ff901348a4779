import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Person } from '../../../tools/src/testing/fixtures.js';
import { type LoadResult, summarize } from '../load/load.js';

export interface TextbookPlan {
  readonly databaseUrl: string;
  readonly connections: number;
  readonly forMs: number;
  readonly competitionId: string;
  readonly people: readonly Person[];
}

/**
 * The usual transaction of a textbook, as fast as it gets: prepared statements, and the rows that the product writes
 * (outbox, audit, idempotency record) in the same round trip as the registration. No HTTP, no token, no response body.
 */
export async function run(plan: TextbookPlan): Promise<LoadResult> {
  const clients = await Promise.all(
    Array.from({ length: plan.connections }, async () => {
      const client = new pg.Client({ connectionString: plan.databaseUrl });
      await client.connect();
      return client;
    }),
  );
  const latencies: number[] = [];
  let n = 0;
  const start = performance.now();
  const end = start + plan.forMs;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        const person = plan.people[n++];
        if (person === undefined) return;
        const sentAt = performance.now();
        await register(client, plan.competitionId, person);
        latencies.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return summarize(latencies, seconds, { 201: latencies.length });
}

async function register(client: pg.Client, competitionId: string, person: Person): Promise<void> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ seats_left: number }>({
    name: 'lock',
    text: 'SELECT seats_left, reg_opens_at, reg_deadline, cancelled_at FROM competitions WHERE id = $1 FOR UPDATE',
    values: [competitionId],
  });
  if ((rows[0]?.seats_left ?? 0) < 1) throw new Error('The competition of the textbook baseline ran out of seats');
  const key = crypto.randomUUID();
  await client.query({
    name: 'insert',
    text: `WITH registered AS (
        INSERT INTO registrations (competition_id, user_id, status) VALUES ($1, $2, 'PENDING') RETURNING id, registered_at
      ), queued AS (
        INSERT INTO outbox (queue, job, payload)
        SELECT 'registration', 'confirmation', jsonb_build_object('registrationId', id) FROM registered
      ), audited AS (
        INSERT INTO audit_entries (actor_id, action, subject_id, details)
        SELECT $2, 'registration.seated', $1, jsonb_build_object('registrationId', id) FROM registered
      )
      INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
      SELECT $2, 'REGISTER', $3, $4, 201,
             json_build_object('registrationId', id, 'userId', $2::uuid, 'competitionId', $1::uuid, 'status', 'PENDING', 'registeredAt', registered_at),
             now() + interval '24 hours'
      FROM registered`,
    values: [competitionId, person.id, key, createHash('sha256').update(competitionId).digest()],
  });
  await client.query({
    name: 'update',
    text: 'UPDATE competitions SET seats_left = seats_left - 1 WHERE id = $1',
    values: [competitionId],
  });
  await client.query('COMMIT');
}
