import type { CompetitionSort } from '@mini-compete/shared/competitions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { anOrganizer } from '../../../test/support/factories.js';
import { type ListQuery, listQuery, totalQuery } from './list-query.js';

/** Enough rows to make a sequential scan the wrong plan. */
const COMPETITIONS = 5_000;
const SORTS: CompetitionSort[] = ['deadline', 'start', 'newest', 'popular'];

let database: TestDatabase;
let organizerId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const { id } = await anOrganizer();
  await database.pool.query(
    `INSERT INTO competitions (organizer_id, title, description, tags, capacity, seats_left, reg_deadline, start_date, popularity)
     SELECT $1, 'Common ' || n || CASE WHEN n % 500 = 0 THEN ' rarity' ELSE '' END, '', ARRAY['t' || n % 100], 10, 10,
            now() + make_interval(hours => n - 2500), now() + make_interval(hours => n), n
     FROM generate_series(1, ${COMPETITIONS}) AS n`,
    [id],
  );
  // Drafts are the soonest, the newest and the most popular: a list that reads them first finds its page after all of them.
  await database.pool.query(
    `INSERT INTO competitions (organizer_id, title, description, tags, capacity, seats_left, reg_deadline, start_date, popularity, visibility)
     SELECT $1, 'Draft ' || n, '', ARRAY['t' || n % 100], 10, 10,
            now() + make_interval(mins => n), now() + make_interval(mins => n), 10000 + n, 'DRAFT'
     FROM generate_series(1, ${COMPETITIONS}) AS n`,
    [id],
  );
  await database.pool.query(
    `INSERT INTO competition_covers (competition_id, hash, widths, alt)
     SELECT id, repeat('0', 64), '{400}', '' FROM competitions`,
  );
  organizerId = id;
  await database.pool.query('VACUUM ANALYZE');
});
afterAll(() => database.drop());

async function planOf({ text, values }: ListQuery): Promise<string> {
  const { rows } = await database.pool.query(`EXPLAIN (COSTS OFF) ${text}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
const list = (filter: { words?: string; tags?: string[] }, sort: CompetitionSort, rare: boolean) =>
  planOf(listQuery({ status: 'all', limit: 20, sort, ...filter }, new Date(), rare));

describe('query plans with very many competitions', () => {
  it.each(SORTS)('a list by %s reads only the rows of its page', async (sort) => {
    const plan = await list({}, sort, false);
    expect(plan).toMatch(/Index (Only )?Scan/);
    expect(plan).not.toMatch(/Seq Scan on competitions/);
  });

  it.each(SORTS)('VI-10: a list by %s reads no drafts', async (sort) => {
    const { text, values } = listQuery({ status: 'all', limit: 20, sort }, new Date(), false);
    const { rows } = await database.pool.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('listed_by_');
    expect(plan).not.toContain('Rows Removed by Filter');
  });

  it('VI-10: the competitions of an organizer are read in their order from an index', async () => {
    const plan = await planOf(listQuery({ status: 'all', limit: 20, sort: 'date', organizerId }, new Date(), false));
    expect(plan).toContain('Index Scan using listed_by_organizer');
    expect(plan).not.toMatch(/Seq Scan on competitions|Sort Key: \(?COALESCE/i);
  });

  it.each(SORTS)(
    'rare words are looked up in their index, and for common ones the list is read in the order of %s',
    async (sort) => {
      const rare = await list({ words: `'rarity':*` }, sort, true);
      expect(rare).toContain('Bitmap Index Scan on competitions_by_words');
      expect(rare).not.toMatch(/Seq Scan on competition/);
      const common = await list({ words: `'common':*` }, sort, false);
      expect(common).toContain('Index Scan using competition_words_pkey');
      expect(common).not.toMatch(/Seq Scan on competition|competitions_by_words/);
    },
  );

  it('tags and the total of a search use their indexes', async () => {
    expect(await list({ tags: ['t7'] }, 'deadline', false)).toContain('listed_by_tags');
    const total = await planOf(totalQuery({ status: 'all', words: `'rarity':*` }));
    expect(total).toContain('Bitmap Index Scan on competitions_by_words');
  });

  it('R18: the known words that resemble a typo are read from indexes, also once the plans of the function are generic', async () => {
    await database.pool.query('INSERT INTO search_words SELECT md5(n::text) FROM generate_series(1, 50000) AS n');
    await database.pool.query('VACUUM ANALYZE search_words');
    const client = await database.pool.connect();
    await client.query('BEGIN');
    // PL/pgSQL uses custom plans for the first five calls in a session.
    for (let n = 0; n < 10; n++) await client.query(`SELECT search_query('programing')`);
    const { rows } = await client.query(
      `SELECT seq_scan::int FROM pg_stat_xact_user_tables WHERE relname = 'search_words'`,
    );
    await client.query('ROLLBACK');
    client.release();
    expect(rows).toEqual([{ seq_scan: 0 }]);
  });
});
