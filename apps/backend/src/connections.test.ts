import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApi } from '../test/support/api.js';
import { participantClient } from '../test/support/competition-clients.js';
import { createTestDatabase, testPool } from '../test/support/database.js';
import { aCompetition, anAdmin, people, registerMany } from '../test/support/factories.js';
import { get } from '../test/support/http-client.js';
import { allJobsSettled } from '../test/support/jobs.js';
import { rows } from '../test/support/queries.js';
import { subscribe } from '../test/support/seat-subscriber.js';
import { startWorker } from '../test/support/worker.js';
import { connectionsOfApi, connectionsOfWorker } from './connections.js';

const OPERATIONS = new URL('../../../docs/operations.md', import.meta.url);
const DEFAULTS = { databasePoolSize: 10, workerConcurrency: 5 };
const WITH_REDIS = { ...DEFAULTS, redis: { url: 'redis://redis' } };
const WITHOUT_REDIS = { ...DEFAULTS, redis: null };
/** For superusers, migrations, backups, monitoring and psql. */
const RESERVED = 10;
const WORKERS = 2;

/** How many APIs run beside two workers. */
function apis(maxConnections: number, settings: typeof WITH_REDIS | typeof WITHOUT_REDIS): number {
  const left = maxConnections - RESERVED - WORKERS * connectionsOfWorker(settings);
  return Math.floor(left / connectionsOfApi(settings));
}

describe('connections to PostgreSQL', () => {
  it('HA-03: are documented as they are', () => {
    const documented = readFileSync(OPERATIONS, 'utf8');
    const perProcess = [
      `| an API | ${connectionsOfApi(WITH_REDIS)} | ${connectionsOfApi(WITHOUT_REDIS)} |`,
      `| a worker | ${connectionsOfWorker(WITH_REDIS)} | ${connectionsOfWorker(WITHOUT_REDIS)} |`,
    ];
    const perServer = [100, 200, 500].map(
      (max) => `| ${max} | ${apis(max, WITH_REDIS)} | ${apis(max, WITHOUT_REDIS)} |`,
    );
    for (const row of [...perProcess, ...perServer]) expect(documented).toContain(row);
  });

  it('HA-03: of an API and a worker under load are never more than they say', async () => {
    const database = await createTestDatabase();
    const settings = { databaseUrl: database.url, databasePoolSize: 3 };
    const api = await startApi(settings);
    const worker = await startWorker(settings);
    const limit = connectionsOfApi(api.env) + connectionsOfWorker(api.env);
    let most = 0;
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        const [{ n } = { n: 0 }] = await rows<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_stat_activity
           WHERE datname = current_database() AND application_name <> ''`,
        );
        most = Math.max(most, n);
        await pause(20);
      }
    })();

    const competitions = await Promise.all(Array.from({ length: 6 }, () => aCompetition({ capacity: 5 })));
    const subscriber = await subscribe(api.url, competitions[0] as { id: string });
    const admin = await anAdmin();
    const everyone = await people(60);
    await Promise.all([
      ...everyone.map((person, i) =>
        participantClient(api.url).register(person, competitions[i % competitions.length] as { id: string }),
      ),
      ...everyone.map(({ token }) => get(api.url, '/api/competitions/registrations/my', { token })),
      ...Array.from({ length: 10 }, () => get(api.url, '/api/admin/jobs', { token: admin.token })),
      registerMany(await people(30), await aCompetition({ capacity: 30 })),
    ]);
    await allJobsSettled();
    isDone = true;
    await watch;

    expect(most).toBeLessThanOrEqual(limit);
    expect((await get(api.url, '/metrics')).text).toContain(
      `mini_compete_database_connection_limit ${connectionsOfApi(api.env)}`,
    );
    // All kinds of connections were open, so the limit is that of all of them.
    expect(await applicationNames()).toEqual(['admission', 'live', 'queue', 'relay', 'server']);
    subscriber.close();
    await worker.close();
    await api.close();
    await database.drop();
  });
});

/** The kinds of connections that the two processes have open. */
async function applicationNames(): Promise<string[]> {
  const { rows: found } = await testPool().query<{ name: string }>(
    `SELECT DISTINCT split_part(application_name, ' ', 2) AS name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'mini-compete/%' ORDER BY name`,
  );
  return found.map(({ name }) => name);
}
