import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, type CompetitionRow, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startWorker } from '../../../test/support/worker.js';
import { cleanUp } from './clean-up.jobs.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const endedDaysAgo = ({ id }: CompetitionRow, days: number) =>
  rows(
    `UPDATE competitions SET reg_deadline = now() - $2 * interval '1 day', start_date = now() - $2 * interval '1 day'
     WHERE id = $1`,
    [id, days],
  );
const messagesAbout = async ({ id }: CompetitionRow) => (await messages(`competition_id = '${id}'`)).length;
const answersOf = ({ id }: CompetitionRow) =>
  rows(
    `SELECT answers, consents, count(*)::int FROM registration_answers a JOIN registrations r ON r.id = a.registration_id
     WHERE r.competition_id = $1 GROUP BY 1, 2`,
    [id],
  );

it('deletes messages and answers only about competitions that ended longer ago, page by page, once', async () => {
  const [old, recent] = [await aCompetition({ capacity: 1_200 }), await aCompetition()];
  await registerMany(await people(1_200), old);
  await registerMany(await people(3), recent);
  await allJobsSettled(60_000);
  for (const competition of [old, recent])
    await rows(
      `INSERT INTO registration_answers (registration_id, questions_version, answers, consents)
       SELECT id, 1, '{"food": "vegan"}', '{"rules": "I agree"}' FROM registrations WHERE competition_id = $1`,
      [competition.id],
    );
  await endedDaysAgo(old, 31);
  await endedDaysAgo(recent, 29);
  await cleanUp(api.pool);
  expect(await messagesAbout(old)).toBe(1_200);
  expect(await cleanUp(api.pool, 30)).toContain('1200 mailbox_messages');
  expect([await messagesAbout(old), await messagesAbout(recent)]).toEqual([0, 3]);
  expect([await answersOf(old), await answersOf(recent)]).toEqual([
    [{ answers: {}, consents: { rules: 'I agree' }, count: 1_200 }],
    [{ answers: { food: 'vegan' }, consents: { rules: 'I agree' }, count: 3 }],
  ]);
  expect(await cleanUp(api.pool, 30)).not.toContain('mailbox_messages');
  expect(await brokenJobInvariants()).toEqual([]);
}, 120_000);
