import type { CompetitionStats } from '@mini-compete/shared/competitions';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer, type Person, people } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import { CalendarDays } from '../../platform/time/calendar-days.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

/** Each registration ended a minute after it began. */
async function aCompetitionWith(...registeredAt: string[]): Promise<string> {
  const { id } = await aCompetition({ organizer });
  const persons = await people(registeredAt.length);
  await rows(
    `INSERT INTO registrations (competition_id, user_id, status, registered_at, ended_at, end_reason)
     SELECT $1, person, 'CANCELLED', at, at + interval '1 minute', 'LEFT'
     FROM unnest($2::uuid[], $3::timestamptz[]) AS r (person, at)`,
    [id, persons.map((person) => person.id), registeredAt],
  );
  return id;
}
async function timelineOf(id: string, query = ''): Promise<{ step: string; steps: [string, number, number][] }> {
  const { body } = await get(api.url, `/api/competitions/${id}/stats${query}`, { token: organizer.token });
  const { step, timeline } = body as CompetitionStats;
  return { step, steps: timeline.map(({ at, registered, ended }) => [at, registered, ended]) };
}

describe('the timeline of a competition', () => {
  it('R17: has days of the requested time zone, and of UTC without one', async () => {
    const id = await aCompetitionWith('2027-03-10T18:29:30Z', '2027-03-10T18:30:00Z', '2027-03-13T18:31:00Z');
    expect(await timelineOf(id, '?zone=Asia/Kolkata')).toEqual({
      step: 'day',
      steps: [
        // The first one ended on the next day.
        ['2027-03-09T18:30:00.000Z', 1, 0],
        ['2027-03-10T18:30:00.000Z', 1, 2],
        ['2027-03-11T18:30:00.000Z', 0, 0],
        ['2027-03-12T18:30:00.000Z', 0, 0],
        ['2027-03-13T18:30:00.000Z', 1, 1],
      ],
    });
    expect((await timelineOf(id)).steps).toEqual([
      ['2027-03-10T00:00:00.000Z', 2, 2],
      ['2027-03-11T00:00:00.000Z', 0, 0],
      ['2027-03-12T00:00:00.000Z', 0, 0],
      ['2027-03-13T00:00:00.000Z', 1, 1],
    ]);
  });

  it('R17: has the day of 23 hours on which the clocks of New York go forward', async () => {
    const id = await aCompetitionWith(
      ...['2027-03-11T05:00:00Z', '2027-03-14T04:59:59Z', '2027-03-14T05:00:00Z'],
      ...['2027-03-15T03:58:00Z', '2027-03-15T04:00:00Z'],
    );
    expect((await timelineOf(id, '?zone=America/New_York')).steps).toEqual([
      ['2027-03-11T05:00:00.000Z', 1, 1],
      ['2027-03-12T05:00:00.000Z', 0, 0],
      ['2027-03-13T05:00:00.000Z', 1, 0],
      ['2027-03-14T05:00:00.000Z', 2, 3],
      ['2027-03-15T04:00:00.000Z', 1, 1],
    ]);
  });

  it('R17: has full hours of the requested time zone', async () => {
    const id = await aCompetitionWith('2027-03-10T18:29:30Z', '2027-03-10T20:31:00Z');
    const { step, steps } = await timelineOf(id, '?zone=Asia/Kolkata');
    expect(step).toBe('hour');
    expect(steps).toEqual([
      ['2027-03-10T17:30:00.000Z', 1, 0],
      ['2027-03-10T18:30:00.000Z', 0, 1],
      ['2027-03-10T19:30:00.000Z', 0, 0],
      ['2027-03-10T20:30:00.000Z', 1, 1],
    ]);
  });

  it('loses its beginning after 366 days', async () => {
    const id = await aCompetitionWith('2025-01-01T12:00:00Z', '2027-03-10T12:00:00Z');
    const { steps } = await timelineOf(id, '?zone=America/New_York');
    expect(steps).toHaveLength(366);
    expect(steps[0]).toEqual(['2026-03-10T04:00:00.000Z', 0, 0]);
    expect(steps.at(-1)).toEqual(['2027-03-10T05:00:00.000Z', 1, 1]);
  });

  it('R17: is counted from an index by day, without the older registrations', async () => {
    const id = await aCompetitionWith('2020-01-01T12:00:00Z', '2027-03-10T12:00:00Z');
    await rows(
      `INSERT INTO registrations (competition_id, user_id, status, registered_at, ended_at, end_reason)
       SELECT $1, $2, 'CANCELLED', at, at, 'LEFT' FROM (SELECT '2020-01-01'::timestamptz + n * interval '1 h' AS at FROM generate_series(1, 50000) AS n)`,
      [id, organizer.id],
    );
    await rows('VACUUM ANALYZE registrations');
    const query = vi.spyOn(api.pool, 'query');
    await timelineOf(id);
    const calls = query.mock.calls as unknown as [{ name?: string; text: string; values: unknown[] }][];
    query.mockRestore();
    const [timeline] = calls.find(([{ name }]) => name === 'stats_timeline') ?? [];
    const lines = await rows<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${timeline?.text}`, timeline?.values);
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Scan using registrations_by_day on registrations\n *Index Cond: .*registered_at >=/);
  });

  it.each(['Mars/Olympus', '%2B05:30', ''])('R17: an unknown time zone (%s) is refused', async (zone) => {
    const id = await aCompetitionWith();
    const { status, body } = await get(api.url, `/api/competitions/${id}/stats?zone=${zone}`, {
      token: organizer.token,
    });
    expect([status, body.errors[0].path]).toEqual([400, 'zone']);
  });
});

it('counts who is no longer registered, whatever the reason', async () => {
  const id = await aCompetitionWith(...Array(4).fill('2027-03-10T12:00:00Z'));
  await rows(
    `UPDATE registrations r SET end_reason = reason::"EndReason"
     FROM (SELECT id, (ARRAY['LEFT', 'REMOVED', 'COMPETITION_CANCELLED', 'ERASED'])[row_number() OVER ()] AS reason
           FROM registrations WHERE competition_id = $1) ended
     WHERE r.id = ended.id`,
    [id],
  );
  const { body } = await get(api.url, `/api/competitions/${id}/stats`, { token: organizer.token });
  expect(body).toMatchObject({ left: 1, removed: 1, ended: 4 });
});

it('R17: the list of an organizer counts registrations per day of the requested time zone', async () => {
  const days = new CalendarDays('Asia/Kolkata');
  const midnight = days.beginOf(days.dayOf(new Date()));
  const before = new Date(midnight.getTime() - 1_000);
  const id = await aCompetitionWith(before.toISOString(), midnight.toISOString());
  const recentIn = async (query: string): Promise<number[]> => {
    const { body } = await get(api.url, `/api/competitions/my-competitions${query}`, { token: organizer.token });
    return body.items.find((item: { id: string }) => item.id === id).recent;
  };
  expect(await recentIn('?zone=Asia/Kolkata')).toEqual([...Array(12).fill(0), 1, 1]);
  // In UTC both are on one day, today or yesterday.
  expect((await recentIn('')).filter((n) => n > 0)).toEqual([2]);
});
