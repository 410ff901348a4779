import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { positionOn, WaitlistPositions } from './waitlist-positions.js';

const LENGTH = 2_000;
const SEATS = 100;

let database: TestDatabase;
let competitions: { id: string }[];
/** By competition, the admission numbers of all registrations, seated people first. */
const admissions = new Map<string, number[]>();
beforeAll(async () => {
  database = await createTestDatabase();
  competitions = [await aCompetition({ capacity: SEATS }), await aCompetition({ capacity: SEATS })];
  const persons = await people(SEATS + LENGTH);
  for (const competition of competitions) {
    await registerMany(persons, competition, { join: true });
    const { rows } = await database.pool.query<{ admission: string }>(
      'SELECT admission FROM registrations WHERE competition_id = $1 ORDER BY admission',
      [competition.id],
    );
    admissions.set(
      competition.id,
      rows.map(({ admission }) => Number(admission)),
    );
  }
  await database.pool.query('VACUUM ANALYZE');
});
afterAll(() => database.drop());

/** Reads in a transaction of its own. Returns how many entries of the waitlist's index it read as well. */
async function measure<T>(read: (waitlists: WaitlistPositions) => Promise<T>): Promise<{ result: T; tuples: number }> {
  const client = await database.pool.connect();
  const tuplesRead = async () => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT pg_stat_get_xact_tuples_returned('registrations_in_line'::regclass)::int AS n`,
    );
    return rows[0]?.n ?? 0;
  };
  await client.query('BEGIN');
  const before = await tuplesRead();
  const result = await read(new WaitlistPositions(client as unknown as pg.Pool));
  const tuples = (await tuplesRead()) - before;
  await client.query('ROLLBACK');
  client.release();
  return { result, tuples };
}

describe('R8: positions on a waitlist', () => {
  it('of five hundred people cost one pass over the waitlist', async () => {
    const [{ id }] = competitions as [{ id: string }];
    const lastOnes = (admissions.get(id) as number[]).slice(-500);
    const { result, tuples } = await measure((waitlists) =>
      Promise.all(lastOnes.map((admission) => waitlists.get(id, admission))),
    );
    expect(result).toEqual(lastOnes.map((_, n) => LENGTH - 499 + n));
    expect(tuples).toBeGreaterThanOrEqual(LENGTH);
    expect(tuples).toBeLessThan(LENGTH * 1.1);
  });

  it('of one person cost no more than the position', async () => {
    const [{ id }] = competitions as [{ id: string }];
    const tenth = (admissions.get(id) as number[])[SEATS + 9] as number;
    const { result, tuples } = await measure((waitlists) => waitlists.get(id, tenth));
    expect(result).toBe(10);
    expect(tuples).toBeLessThan(20);
  });

  it('are counted for each competition by itself, and people with a seat have none', async () => {
    const wanted = competitions.flatMap(({ id }) =>
      (admissions.get(id) as number[]).map((admission) => ({ id, admission })),
    );
    const { result } = await measure((waitlists) =>
      Promise.all(wanted.map(({ id, admission }) => waitlists.get(id, admission))),
    );
    const expected = Array.from({ length: SEATS + LENGTH }, (_, n) => (n < SEATS ? null : n - SEATS + 1));
    expect(result).toEqual([...expected, ...expected]);
  });

  it('of everybody are in one list, which is read once and no further than asked for', async () => {
    const upTo = new Map(competitions.map(({ id }) => [id, (admissions.get(id) as number[])[SEATS + 499] as number]));
    const { result, tuples } = await measure((waitlists) => waitlists.listAdmissions(upTo));
    for (const { id } of competitions) {
      const list = result.get(id) as number[];
      expect(list).toEqual((admissions.get(id) as number[]).slice(SEATS, SEATS + 500));
      expect(list.map((admission) => positionOn(list, admission))).toEqual(list.map((_, n) => n + 1));
      expect(positionOn(list, (admissions.get(id) as number[])[0] as number)).toBeNull();
    }
    expect(tuples).toBeLessThan(1_100);
  });
});
