import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationName } from '../../src/platform/database/application-name.js';
import { PostgresListener } from '../../src/platform/live/postgres-listener.js';
import { startApi, type TestApi } from '../support/api.js';
import { participantClient } from '../support/competition-clients.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { aCompetition, aPerson } from '../support/factories.js';
import { get } from '../support/http-client.js';
import { PgBouncer, supportsNamedStatements } from '../support/pgbouncer.js';
import { messages } from '../support/queries.js';
import { subscribe } from '../support/seat-subscriber.js';
import { startWorker } from '../support/worker.js';

let database: TestDatabase;
let bouncer: PgBouncer;
beforeEach(async () => {
  database = await createTestDatabase();
  await setTimeZone('UTC');
});
afterEach(async () => {
  await bouncer.stop();
  await database.drop();
});

/** What an operator sets, because PgBouncer does not pass startup parameters on. */
const setTimeZone = (zone: string) =>
  database.pool.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET timezone = '${zone}'`);

describe('a PgBouncer in front of PostgreSQL', () => {
  it('HA-01: carries the queries of API and worker, but not LISTEN and the queue, which use DATABASE_DIRECT_URL', async () => {
    const mode = supportsNamedStatements() ? 'transaction' : 'session';
    bouncer = await PgBouncer.start(database.url, mode, `SET statement_timeout = '12s'`);
    const urls = { databaseUrl: bouncer.url, databaseDirectUrl: database.url };
    const api: TestApi = await startApi(urls);
    const worker = await startWorker(urls);
    const person = await aPerson();
    const competition = await aCompetition({ capacity: 3 });
    const subscriber = await subscribe(api.url, competition);
    expect((await participantClient(api.url).register(person, competition)).status).toBe(201);
    await eventually(
      () => messages(`user_id = '${person.id}'`),
      (found) => found.length === 1,
    );
    await eventually(
      () => subscriber.events.at(-1)?.seatsLeft,
      (seats) => seats === 2,
    );
    const through = new Set(await bouncer.clients());
    expect([...through].sort()).toEqual(['admission', 'server'].map(applicationName));
    const { rows } = await database.pool.query<{ name: string }>(
      'SELECT DISTINCT application_name AS name FROM pg_stat_activity WHERE datname = current_database()',
    );
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining([applicationName('live'), applicationName('relay')]),
    );
    expect((await get(api.url, '/health/ready')).body).not.toHaveProperty('warnings');
    subscriber.close();
    await worker.close();
    await api.close();
  });

  it('sabotage of HA-01: LISTEN through a PgBouncer in transaction mode receives nothing', async () => {
    bouncer = await PgBouncer.start(database.url, 'transaction');
    const received: string[] = [];
    const listenAt = (databaseUrl: string, name: string) =>
      new Promise<PostgresListener>((resolve) => {
        const listener: PostgresListener = new PostgresListener({
          databaseUrl,
          applicationName: name,
          channel: 'test',
          onNotification: () => received.push(name),
          onListening: () => resolve(listener),
        });
        listener.start();
      });
    const listeners = [await listenAt(bouncer.url, 'through'), await listenAt(database.url, 'direct')];
    // Another client of PgBouncer, which may get the session that listens.
    await database.pool.query(`NOTIFY test`);
    await eventually(
      () => received.length,
      (n) => n > 0,
    );
    await database.pool.query(`NOTIFY test`);
    await eventually(
      () => received.length,
      (n) => n > 1,
    );
    expect(received).toEqual(['direct', 'direct']);
    for (const listener of listeners) await listener.stop();
  });

  it('HA-02: that does not pass the time zone on is refused, and one that drops statement_timeout is reported', async () => {
    bouncer = await PgBouncer.start(database.url, 'session');
    const urls = { databaseUrl: bouncer.url, databaseDirectUrl: database.url };
    const api = await startApi(urls);
    expect((await get(api.url, '/health/ready')).body).toMatchObject({
      status: 'ready',
      warnings: [expect.stringContaining('ignores statement_timeout')],
    });
    await api.close();
    await bouncer.stop();

    await setTimeZone('Asia/Kolkata');
    bouncer = await PgBouncer.start(database.url, 'session');
    await expect(startApi({ ...urls, databaseUrl: bouncer.url })).rejects.toThrow(
      'The time zone of connections to DATABASE_URL is "Asia/Kolkata"',
    );
  });
});
