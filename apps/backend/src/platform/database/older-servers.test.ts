import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { startWorker } from '../../../test/support/worker.js';
import { GENERATION } from './application-name.js';
import { ensureNoOlderServers } from './older-servers.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const refusal = () =>
  api.prisma
    .$transaction((tx) => ensureNoOlderServers(tx))
    .then(
      () => null,
      (error) => [error.code, error.options.retryAfterSeconds],
    );

it('refuses while a server of an older release is connected, and then no more', async () => {
  expect(await refusal()).toBeNull();
  const older = new Client({ connectionString: api.env.databaseUrl, application_name: 'mini-compete admission' });
  await older.connect();
  expect(await refusal()).toEqual(['UPGRADE_IN_PROGRESS', 60]);
  await older.end();
  await expect.poll(refusal).toBeNull();
});

it('does not take a worker of this release for an older server', async () => {
  const worker = await startWorker(api.env);
  await expect
    .poll(() => api.pool.query(`SELECT FROM pg_stat_activity WHERE application_name LIKE '% relay'`))
    .toMatchObject({ rowCount: 1 });
  expect(await refusal()).toBeNull();
  await worker.close();
});

it('does not take other programs and newer releases for older servers', async () => {
  const others = ['psql', `mini-compete/${GENERATION + 1} api`, 'mini-competence 1'].map(
    (application_name) => new Client({ connectionString: api.env.databaseUrl, application_name }),
  );
  await Promise.all(others.map((client) => client.connect()));
  expect(await refusal()).toBeNull();
  await Promise.all(others.map((client) => client.end()));
});
