import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startApi } from '../test/support/api.js';
import { participantClient } from '../test/support/competition-clients.js';
import { createTestDatabase } from '../test/support/database.js';
import { aCompetition, anAdmin, people, registerMany } from '../test/support/factories.js';
import { get } from '../test/support/http-client.js';
import { allJobsSettled } from '../test/support/jobs.js';
import { rows } from '../test/support/queries.js';
import { subscribe } from '../test/support/seat-subscriber.js';
import { startWorker } from '../test/support/worker.js';
import { connectionsOfApi, connectionsOfWorker } from './connections.js';

const OPERATIONS = new URL('../../../docs/operations.md', import.meta.url);
const DEFAULTS = { databasePoolSize: 10, workerConcurrency: 5, backupFolder: null, synchronousStandbys: 0 };
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
    // One API and one worker: two pools for queries, one for admission, two listeners, two for the queue.
    const limits = { server: 2 * 3, admission: 8, live: 1, relay: 1, queue: 2 + 14 };
    const most: Record<string, number> = {};
    let isDone = false;
    const watch = (async () => {
      while (!isDone) {
        const kinds = await rows<{ kind: string; n: number }>(
          `SELECT CASE WHEN application_name LIKE 'mini-compete/%' THEN split_part(application_name, ' ', 2)
                       ELSE 'queue' -- BullMQ renames its connections for LISTEN
                  END AS kind, count(*)::int AS n FROM pg_stat_activity
           WHERE datname = current_database() AND application_name <> '' GROUP BY kind`,
        );
        for (const { kind, n } of kinds) most[kind] = Math.max(most[kind] ?? 0, n);
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

    expect(Object.keys(most).sort()).toEqual(Object.keys(limits).sort());
    for (const [kind, limit] of Object.entries(limits)) expect(most[kind], kind).toBeLessThanOrEqual(limit);
    const total = Object.values(limits).reduce((sum, limit) => sum + limit, 0);
    expect(connectionsOfApi(api.env) + connectionsOfWorker(api.env)).toBe(total);
    expect((await get(api.url, '/metrics')).text).toContain(
      `mini_compete_database_connection_limit ${connectionsOfApi(api.env)}`,
    );
    subscriber.close();
    await worker.close();
    await api.close();
    await database.drop();
  });
});
