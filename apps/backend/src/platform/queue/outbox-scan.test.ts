import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { OutboxScan } from './outbox-scan.js';

const ROUNDS = 20;
const BATCH_SIZE = 250;

let database: TestDatabase;
/** One connection: its statistics are written when it asks for it. */
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => pool.query('TRUNCATE outbox'));

async function insertJobs(n: number, dueAgo: string): Promise<void> {
  await pool.query(
    `INSERT INTO outbox (queue, job, payload, due_at)
     SELECT 'registration', 'confirmation', '{}', now() - $2::interval + i * interval '1 ms' FROM generate_series(1, $1::int) i`,
    [n, dueAgo],
  );
}

async function claimAndSettle(scan: OutboxScan): Promise<number> {
  const rows = await scan.claim(BATCH_SIZE);
  await pool.query('UPDATE outbox SET settled_at = now() WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
  return rows.length;
}

/** Entries of the index of due rows that were read so far, dead ones too. */
async function entriesRead(): Promise<number> {
  await pool.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await pool.query<{ n: number }>(
    `SELECT idx_tup_read::int AS n FROM pg_stat_user_indexes WHERE indexrelname = 'outbox_due'`,
  );
  return rows[0]?.n ?? 0;
}

describe('claiming due jobs', () => {
  it('R20 reads no more of the index after 5,000 jobs than at first, while a backup holds an old snapshot', async () => {
    const snapshot = await database.pool.connect();
    await snapshot.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await snapshot.query('SELECT FROM outbox');
    await insertJobs(ROUNDS * BATCH_SIZE, '1 hour');
    const scan = new OutboxScan(pool, 'claim_due');
    const entries: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = await entriesRead();
      const rows = await scan.claim(BATCH_SIZE);
      expect(rows).toHaveLength(BATCH_SIZE);
      entries.push((await entriesRead()) - before);
      await pool.query('UPDATE outbox SET settled_at = now() WHERE id = ANY ($1)', [rows.map(({ id }) => id)]);
    }
    await snapshot.query('COMMIT');
    snapshot.release();
    expect(Math.max(...entries)).toBeLessThan(2 * BATCH_SIZE);
  });

  it('R20 finds jobs that are due before those it has claimed, because their transaction committed late', async () => {
    const scan = new OutboxScan(pool, 'claim_due');
    await insertJobs(BATCH_SIZE, '1 minute');
    expect(await claimAndSettle(scan)).toBe(BATCH_SIZE);
    expect(await claimAndSettle(scan)).toBe(0);
    // A short transaction: found by the next scan. A long one: found by the next full scan.
    await insertJobs(10, '1 second');
    expect(await claimAndSettle(scan)).toBe(10);
    await insertJobs(20, '10 minutes');
    expect(await claimAndSettle(scan)).toBe(0);
    await eventually(
      () => claimAndSettle(scan),
      (claimed) => claimed === 20,
    );
  });

  it('gives each job to one of several relays', async () => {
    await insertJobs(3_000, '1 minute');
    const relays = Array.from({ length: 4 }, () => new OutboxScan(database.pool, 'claim_due'));
    const claimed = await Promise.all(
      relays.map(async (relay) => {
        const ids: string[] = [];
        for (;;) {
          const rows = await relay.claim(100);
          if (rows.length === 0) return ids;
          ids.push(...rows.map(({ id }) => id));
        }
      }),
    );
    expect(new Set(claimed.flat()).size).toBe(3_000);
    expect(claimed.flat()).toHaveLength(3_000);
  });
});
