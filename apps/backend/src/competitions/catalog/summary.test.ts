import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, anOrganizer, type CompetitionRow, type Person } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { CompetitionsRepository } from './competitions.repository.js';

let database: TestDatabase;
let organizer: Person;
beforeAll(async () => {
  database = await createTestDatabase();
  organizer = await anOrganizer();
});
afterAll(() => database.drop());

/** Registrations at the instants that the SQL expression `at` yields. */
async function aCompetitionWith(at: string): Promise<CompetitionRow> {
  const competition = await aCompetition({ organizer });
  await rows(
    `INSERT INTO registrations (competition_id, user_id, status, registered_at, ended_at, end_reason)
     SELECT $1, $2, 'CANCELLED', at, at, 'LEFT' FROM (SELECT ${at} AS at) registered`,
    [competition.id, organizer.id],
  );
  return competition;
}

describe('the registrations per day in the list of an organizer', () => {
  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'R17: are those of days in UTC when the time zone of the database is %s',
    async (zone) => {
      const { id } = await aCompetitionWith(
        `date_trunc('day', now(), 'UTC') + unnest(ARRAY['30 s', '-30 s', '-311 h', '-313 h']::interval[])`,
      );
      const pool = new pg.Pool({ connectionString: database.url, options: `-c timezone=${zone}`, max: 1 });
      const list = await new CompetitionsRepository(pool).listByOrganizer(organizer.id, null, 20);
      await pool.end();
      const { recent } = JSON.parse(list.find((row) => row.id === id)?.text ?? '');
      expect(recent).toEqual([1, ...Array(11).fill(0), 1, 1]);
    },
  );

  it('R17: are read from an index by day, without the older registrations', async () => {
    await aCompetitionWith(`now() - generate_series(1, 20000) * interval '30 minutes'`);
    await rows('VACUUM ANALYZE');
    const query = vi.spyOn(database.pool, 'query');
    await new CompetitionsRepository(database.pool).listByOrganizer(organizer.id, null, 20);
    const [[{ text, values }]] = query.mock.calls as unknown as [[{ text: string; values: unknown[] }]];
    query.mockRestore();
    const lines = await rows<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`, values);
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Scan using registrations_by_day on registrations r.*\n *Index Cond: .*registered_at >=/);
  });
});
