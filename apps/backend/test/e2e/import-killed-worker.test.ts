import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../support/api.js';
import { aCompetition, anOrganizer, people } from '../support/factories.js';
import { invitationClient } from '../support/invitation-client.js';
import { allJobsSettled } from '../support/jobs.js';
import { spawnWorker } from '../support/processes.js';
import { countRows, rows } from '../support/queries.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('IM-05 an import goes on after a killed worker, and each person is seated once', async () => {
  const [organizer, persons] = [await anOrganizer(), await people(1_500)];
  const competition = await aCompetition({ organizer, capacity: 1_500 });
  const client = invitationClient(api.url);
  const { body } = await client.upload(
    organizer,
    competition,
    ['email', ...persons.map(({ email }) => email)].join('\n'),
  );
  // Each batch takes a while, so that the worker is killed between two of them or in one.
  await rows(
    `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$`,
  );
  await rows('CREATE TRIGGER slow BEFORE UPDATE ON imports FOR EACH STATEMENT EXECUTE FUNCTION slow()');
  const first = await spawnWorker(api.env.databaseUrl);
  await first.ready();
  expect((await client.commit(organizer, competition, body.id)).status).toBe(202);
  const handled = async () => (await client.readImport(organizer, competition, body.id)).body.handled;
  await vi.waitFor(async () => expect(await handled()).toBeGreaterThan(0), { timeout: 30_000, interval: 20 });
  await first.kill();
  expect(await handled()).toBeLessThan(1_500);
  await rows('DROP TRIGGER slow ON imports');
  const next = await spawnWorker(api.env.databaseUrl);
  await next.ready();
  await allJobsSettled(120_000);
  await next.kill();
  const done = (await client.readImport(organizer, competition, body.id)).body;
  expect(done).toMatchObject({ state: 'done', handled: 1_500, seated: 1_500, invited: 0 });
  expect(await countRows('registrations', `competition_id = '${competition.id}' AND status = 'CONFIRMED'`)).toBe(1_500);
  expect(await checkInvariants(api.pool)).toEqual([]);
}, 240_000);
