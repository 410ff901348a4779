import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, anOrganizer, type CompetitionRow, type Person } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { CalendarDays } from '../../platform/time/calendar-days.js';
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

const lastDays = (zone: string, until = new Date(), count = 14): Date[] => {
  const days = new CalendarDays(zone);
  return days.beginsUntil(days.dayOf(until), count);
};

describe('the registrations per day in the list of an organizer', () => {
  // The clocks of New York go forward on 14 March 2027 and back on 7 November: these days have 23 and 25 hours.
  it.each([
    ['Asia/Kolkata', '2027-03-13T18:29:59Z', '2027-03-13T18:30:00Z', '2027-03-14T18:29:59Z', '2027-03-14T18:30:00Z'],
    [
      'America/New_York',
      '2027-03-14T04:59:59Z',
      '2027-03-14T05:00:00Z',
      '2027-03-15T03:59:59Z',
      '2027-03-15T04:00:00Z',
    ],
    [
      'America/New_York',
      '2027-11-07T03:59:59Z',
      '2027-11-07T04:00:00Z',
      '2027-11-08T04:59:59Z',
      '2027-11-08T05:00:00Z',
    ],
  ])('R17: are those of days in %s, whatever the time zone of the database is', async (zone, ...instants) => {
    const { id } = await aCompetitionWith(`unnest(ARRAY['${instants.join("', '")}']::timestamptz[])`);
    const pool = new pg.Pool({ connectionString: database.url, options: '-c timezone=Pacific/Pago_Pago', max: 1 });
    const days = lastDays(zone, new Date(instants[3]), 4);
    const list = await new CompetitionsRepository(pool).listByStaff(organizer.id, null, 20, days);
    await pool.end();
    const { recent } = JSON.parse(list.find((row) => row.id === id)?.text ?? '');
    expect(recent).toEqual([0, 1, 2, 1]);
  });

  it('R17: are read from an index by day, without the older registrations', async () => {
    await aCompetitionWith(`now() - generate_series(1, 20000) * interval '30 minutes'`);
    await rows('VACUUM ANALYZE');
    const query = vi.spyOn(database.pool, 'query');
    await new CompetitionsRepository(database.pool).listByStaff(organizer.id, null, 20, lastDays('Asia/Kolkata'));
    const [[{ text, values }]] = query.mock.calls as unknown as [[{ text: string; values: unknown[] }]];
    query.mockRestore();
    const lines = await rows<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`, values);
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Scan using registrations_by_day on registrations r.*\n *Index Cond: .*registered_at >=/);
    // Also the count of those that have ended.
    expect(plan).toMatch(/Index Only Scan using registrations_ended on registrations r/);
  });
});
