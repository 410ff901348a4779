import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Person } from '../house/world.js';
import type { Outcome } from '../load/load.js';

export interface TextbookPlan {
  readonly databaseUrl: string;
  readonly connections: number;
  readonly forMs: number;
  readonly competitionId: string;
  readonly people: readonly Person[];
}

/**
 * The transaction that everybody writes first, at its best: prepared statements, and the rows that the product writes
 * (outbox, audit, idempotency record) in the same round trip as the registration. No HTTP, no token, no answer to write.
 */
export async function run(plan: TextbookPlan): Promise<Outcome> {
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
        const since = performance.now();
        await register(client, plan.competitionId, person);
        latencies.push(performance.now() - since);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    perSecond: latencies.length / seconds,
    answers: { 201: latencies.length },
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  };
}

async function register(client: pg.Client, competitionId: string, person: Person): Promise<void> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ seats_left: number }>({
    name: 'lock',
    text: 'SELECT seats_left, reg_opens_at, reg_deadline, cancelled_at FROM competitions WHERE id = $1 FOR UPDATE',
    values: [competitionId],
  });
  if ((rows[0]?.seats_left ?? 0) < 1) throw new Error('The textbook ran out of seats');
  const key = crypto.randomUUID();
  await client.query({
    name: 'insert',
    text: `WITH registered AS (
        INSERT INTO registrations (competition_id, user_id, status) VALUES ($1, $2, 'PENDING') RETURNING id, registered_at
      ), told AS (
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
