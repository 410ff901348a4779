import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aPerson } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { CLEAN_UP_RULES, cleanUp } from './clean-up.jobs.js';

const EXPIRED = 5_000;

describe('the clean-up', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    await rows('TRUNCATE users, outbox, failed_jobs, idempotency_records, scheduled_runs CASCADE');
    const { id } = await aPerson();
    await rows(
      `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
       SELECT $1, 'REGISTER', n::text, '', 201, '', now() + CASE WHEN n <= $2 THEN '-1 s' ELSE '1 h' END::interval
       FROM generate_series(1, $2 + 10) n`,
      [id, EXPIRED],
    );
    await rows(
      `INSERT INTO outbox (queue, job, payload, settled_at)
       SELECT 'mail', 'send', '{}', CASE WHEN n <= $1 THEN now() - interval '8 days' WHEN n <= $1 + 5 THEN now() END
       FROM generate_series(1, $1 + 10) n`,
      [EXPIRED],
    );
    await rows(
      `INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts, failed_at, settled_at, settled_as)
       SELECT uuidv7(), 'mail', 'send', '{}', '', 3, at, at, 'DISCARDED'
       FROM generate_series(now() - interval '40 days', now(), interval '20 days') AS at`,
    );
    await rows(
      `INSERT INTO sessions (user_id, device, address, expires_at, ended_at)
       SELECT $1, '', '', now() + interval '20 days', now() - interval '8 days' FROM generate_series(1, 20)`,
      [id],
    );
  });

  const counts = async () =>
    (
      await rows<{ outbox: number }>(`
        SELECT (SELECT count(*)::int FROM idempotency_records) AS keys, (SELECT count(*)::int FROM outbox) AS outbox,
               (SELECT count(*)::int FROM failed_jobs) AS failed, (SELECT count(*)::int FROM sessions) AS sessions`)
    )[0];
  /** Rows that have not expired, settled or not, and the person's own session. */
  const REMAINING = { keys: 10, outbox: 10, failed: 2, sessions: 1 };

  it('deletes the expired rows, in batches, and nothing else', async () => {
    expect(await cleanUp(database.pool)).toEqual({
      text: 'deleted',
      values: { tables: 'idempotency_records (5000), sessions (20), outbox (5000), failed_jobs (1)' },
    });
    expect(await counts()).toEqual(REMAINING);
    expect(await cleanUp(database.pool)).toEqual({ text: 'nothingExpired' });
  });

  it('S12: keeps the outbox row of a failed job until that is settled: replayed from a new row, its change would count as the latest', async () => {
    await rows('TRUNCATE outbox, failed_jobs');
    await rows(
      `WITH row AS (
         INSERT INTO outbox (queue, job, payload, settled_at)
         SELECT 'mail', 'send', '{}', now() - interval '8 days' FROM generate_series(1, 3)
         RETURNING id
       )
       INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts, settled_at, settled_as)
       SELECT id, 'mail', 'send', '{}', '', 3, CASE WHEN n > 1 THEN now() END, CASE WHEN n > 1 THEN 'DISCARDED'::"FailedJobSettlement" END
       FROM (SELECT id, row_number() OVER () AS n FROM row) r`,
    );
    await cleanUp(database.pool);
    expect(
      await rows('SELECT FROM outbox o JOIN failed_jobs f ON f.outbox_id = o.id AND f.settled_at IS NULL'),
    ).toHaveLength(1);
    expect((await counts())?.outbox).toBe(1);
  });

  it('R9: keeps a failed job until it is settled, and then for 30 days', async () => {
    await rows('TRUNCATE failed_jobs');
    await rows(
      `INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts, failed_at, settled_at, settled_as)
       SELECT uuidv7(), 'mail', 'send', '{}', error, 3, now() - interval '400 days', settled_at, settled_as
       FROM (VALUES ('open', NULL, NULL),
                    ('settled 29 days ago', now() - interval '29 days', 'REPLAYED'),
                    ('settled 31 days ago', now() - interval '31 days', 'DISCARDED'))
            AS f (error, settled_at, settled_as_text), LATERAL (SELECT settled_as_text::"FailedJobSettlement") s (settled_as)`,
    );
    await cleanUp(database.pool);
    expect(await rows('SELECT error FROM failed_jobs ORDER BY id')).toEqual([
      { error: 'open' },
      { error: 'settled 29 days ago' },
    ]);
  });

  it('R11: has an index for each of its conditions on a table that grows', async () => {
    const smallTables = ['scheduled_runs', 'worker_heartbeats'];
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await client.query('SET LOCAL enable_seqscan = off');
    for (const { table, expired } of CLEAN_UP_RULES.filter((rule) => !smallTables.includes(rule.table))) {
      const plan = await client.query(`EXPLAIN (COSTS OFF) SELECT ctid FROM ${table} WHERE ${expired}`);
      expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n'), `${table}: ${expired}`).toContain('Index Cond');
    }
    await client.query('ROLLBACK');
    client.release();
  });

  it('JB-18: killed halfway and run again, it ends with the same rows', async () => {
    const killed = new pg.Pool({ connectionString: database.url, max: 1, application_name: 'killed' });
    killed.on('error', () => {});
    let batches = 0;
    const query = killed.query.bind(killed) as (...args: unknown[]) => Promise<pg.QueryResult>;
    killed.query = (async (...args: unknown[]) => {
      if (++batches === 4)
        await rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'killed'`);
      return query(...args);
    }) as typeof killed.query;
    // Rejects if the pool hands out the terminated connection; otherwise the run completes on a new one.
    await cleanUp(killed).catch(() => {});
    await killed.end();
    await cleanUp(database.pool);
    expect(await counts()).toEqual(REMAINING);
  });
});
