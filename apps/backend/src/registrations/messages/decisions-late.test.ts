import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { anOrganizer } from '../../../test/support/factories.js';
import { ENQUEUE_LATE_DECISIONS } from './decisions-late.jobs.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('late decisions are found without reading the competitions that promised none, or whose people have been told', async () => {
  const { id } = await anOrganizer();
  await database.pool.query(
    `INSERT INTO competitions (organizer_id, title, description, capacity, seats_left, reg_deadline, admission_mode, decisions_by, decisions_late_at)
     SELECT $1, 'Open ' || n, '', 10, 10, now(), 'APPROVAL', CASE WHEN n % 2 = 0 THEN now() END, CASE WHEN n % 2 = 0 THEN now() END
     FROM generate_series(1, 5000) AS n`,
    [id],
  );
  await database.pool.query('VACUUM ANALYZE competitions');
  const { rows } = await database.pool.query(`EXPLAIN (COSTS OFF) ${ENQUEUE_LATE_DECISIONS}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('competitions_with_decisions');
  expect(plan).not.toContain('Seq Scan on competitions');
});
