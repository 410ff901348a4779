import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Postgres } from '../../../../../tools/src/testing/postgres.js';
import { Standby } from '../../../../../tools/src/testing/standby.js';
import { LogBuffer, startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { createTestDatabase, withDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, aPerson } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { migrate } from '../database/migrate.js';
import { warningsOf } from './database-warnings.js';

const PROMISED = { commit: 'on', statementTimeout: '12s', standbys: 1 };

describe('warnings about the database', () => {
  it.each([
    ['everything is as promised', PROMISED, 1, []],
    ['nothing is promised', { ...PROMISED, standbys: 0, commit: 'remote_write' }, 0, []],
    ['a standby is missing', { ...PROMISED, standbys: 0 }, 1, ['PostgreSQL has 0 of 1 synchronous standbys']],
    ['a standby confirms before it has flushed', { ...PROMISED, commit: 'remote_write' }, 1, ['synchronous_commit is']],
    ['the role sees no standbys', { ...PROMISED, standbys: null }, 1, ['GRANT pg_monitor']],
    ['a pooler drops the time limit', { ...PROMISED, statementTimeout: '0' }, 1, ['ignores statement_timeout']],
  ])('when %s: %o, %i promised', (_case, durability, promised, expected) => {
    expect(warningsOf(durability, promised)).toEqual(expected.map((text) => expect.stringContaining(text)));
  });
});

describe('a full disk of PostgreSQL', () => {
  const FULL = 'The disk of PostgreSQL is full: it refuses what has to be written.';

  it('S2: is named in the log and in readiness while statements are refused', async () => {
    const database = await createTestDatabase();
    const log = new LogBuffer();
    const api = await startApi({ databaseUrl: database.url, logLevel: 'info' }, log);
    await database.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON registrations FOR EACH ROW EXECUTE FUNCTION refuse()`);
    const { status } = await participantClient(api.url).register(await aPerson(), await aCompetition());
    expect(status).toBe(503);
    await eventually(
      async () => (await get(api.url, '/health/ready')).body.warnings,
      (warnings) => warnings?.includes(FULL),
    );
    expect(log.text).toContain(FULL);
    await api.close();
    await database.drop();
  });
});

describe('a promised synchronous standby', () => {
  let postgres: Postgres;
  let databaseUrl: string;
  let api: TestApi;
  const log = new LogBuffer();
  beforeAll(async () => {
    postgres = await Postgres.start();
    databaseUrl = await postgres.createDatabase('standbys');
    await migrate(databaseUrl);
    api = await startApi({ databaseUrl, synchronousStandbys: 1, logLevel: 'info' }, log);
  });
  afterAll(async () => {
    await api.close();
    await postgres.stop();
  });

  const standbys = async () =>
    /^mini_compete_database_synchronous_standbys (\d)/m.exec((await get(api.url, '/metrics')).text)?.[1];
  const promised = async () =>
    /^mini_compete_database_promised_standbys (\d)/m.exec((await get(api.url, '/metrics')).text)?.[1];
  const warnings = async () => (await get(api.url, '/health/ready')).body.warnings;
  const MISSING = [
    'PostgreSQL has 0 of 1 synchronous standbys: a confirmed registration can be lost with the primary.',
  ];

  it('HA-04: is missed in log, readiness and metrics at start and when it fails, and no longer once it streams', async () => {
    expect(await warnings()).toEqual(MISSING);
    expect(log.text).toContain(MISSING[0]);
    expect(await standbys()).toBe('0');
    expect(await promised()).toBe('1');

    const standby = await Standby.start(databaseUrl, 'standby1');
    await api.pool.query(`ALTER SYSTEM SET synchronous_standby_names = 'standby1'`);
    await api.pool.query('SELECT pg_reload_conf()');
    await eventually(warnings, (found) => found === undefined);
    expect(await standbys()).toBe('1');
    expect(log.text).toContain(`Not any more: ${MISSING[0]}`);

    await standby.stop();
    await eventually(warnings, (found) => found !== undefined);
    expect(await warnings()).toEqual(MISSING);
    expect(await standbys()).toBe('0');
  });

  it('HA-08: while commits wait for a standby, writes are refused at once and reads go on, until there is one', async () => {
    const setNames = async (names: string) => {
      await api.pool.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
      await api.pool.query('SELECT pg_reload_conf()');
    };
    const waiting = async () => {
      const { rows } = await api.pool.query(
        `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name LIKE '%server'`,
      );
      return rows.length;
    };
    const signUp = () =>
      post(api.url, '/api/auth/signup', {
        body: { name: 'Ada', email: `${randomUUID()}@example.org`, password: 'a-long-password', role: 'PARTICIPANT' },
      });
    await setNames('');
    const competition = await withDatabase({ pool: api.pool }, aCompetition);
    await setNames('nobody');
    const stuck = Array.from({ length: 5 }, signUp);
    await eventually(warnings, (found) => found?.some((text: string) => text.startsWith('Commits wait')));

    for (let n = 0; n < 20; n++) {
      const startedAt = performance.now();
      const { status, headers } = await signUp();
      expect({ status, retryAfter: headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '2' });
      expect(performance.now() - startedAt).toBeLessThan(500);
      expect((await get(api.url, `/api/competitions/${competition.id}`)).status).toBe(200);
    }
    // Besides those that began before it was noticed, the process itself writes a little.
    expect(await waiting()).toBeLessThan(stuck.length + 5);

    await setNames('');
    await eventually(
      async () => (await signUp()).status,
      (status) => status === 201,
    );
    await Promise.all(stuck);
  });
});
