import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, anOrganizer, type CompetitionRow } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import type { Run } from '../../platform/queue/handler.js';
import { PopularityJobs } from './popularity.jobs.js';

let database: TestDatabase;
let competition: CompetitionRow;
beforeAll(async () => {
  database = await createTestDatabase();
  const organizer = await anOrganizer();
  competition = await aCompetition({ organizer });
  // Enough old registrations to make a sequential scan the wrong plan.
  await rows(
    `INSERT INTO registrations (id, competition_id, user_id, status, registered_at, ended_at, end_reason)
     SELECT uuidv7(-ago), $1, $2, 'CANCELLED', now() - ago, now(), 'LEFT'
     FROM (SELECT interval '30 days' FROM generate_series(1, 20000)
           UNION ALL VALUES (interval '3 days'), (interval '1 hour'), (interval '1 minute')) AS r (ago)`,
    [competition.id, organizer.id],
  );
  await rows('VACUUM ANALYZE registrations');
});
afterAll(() => database.drop());

/** The statements that one run of the job sends. */
async function runAndRecord(): Promise<[text: string, values: unknown[]][]> {
  const query = vi.spyOn(database.pool, 'query');
  const [handler] = new PopularityJobs(database.pool).handlers;
  if (handler === undefined || !('single' in handler)) throw new Error('The job has no handler.');
  const run: Run<'popularity'> = {
    outboxId: competition.id,
    payload: { slot: new Date().toISOString() },
    starts: 1,
    stopping: new AbortController().signal,
  };
  await handler.single(run);
  const statements = [...query.mock.calls] as unknown as [string, unknown[]][];
  query.mockRestore();
  return statements;
}

describe('the popularity of competitions', () => {
  it('R1: is computed from the registrations of the last week, without reading the older ones', async () => {
    const statements = await runAndRecord();
    // Three registrations, of which two of the last day count three times.
    expect(await rows('SELECT popularity FROM competitions')).toEqual([{ popularity: 7 }]);

    const reads = statements.filter(([text]) => text.includes('FROM registrations'));
    expect(reads).toHaveLength(1);
    for (const [text, values] of reads) {
      const lines = await rows<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`, values);
      const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan).toContain('registrations_pkey');
      expect(plan).not.toContain('Seq Scan on registrations');
    }
  });
});
