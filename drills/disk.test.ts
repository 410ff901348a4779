import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKEND } from '../tools/src/testing/paths.js';
import { Postgres } from '../tools/src/testing/postgres.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { SmallDisk } from '../tools/src/testing/small-disk.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';
import { RECORD_FILE } from './harness/parameters.js';
import { recordEvent, recordFigure } from './harness/record.js';

const PEOPLE = 800;
const ACCEPTED_BEFORE = 200;
const REFUSED_WHILE_FULL = 200;
const DISK_MB = 256;
/** Little WAL, so that the server fits on the disk. */
const SETTINGS = { max_wal_size: '64MB', min_wal_size: '32MB' };
const WARNING = /^200 .*The disk of PostgreSQL is full/;
const DISK_FULL_UNKNOWN = ['--import', fileURLToPath(new URL('./harness/disk-full-unknown.mjs', import.meta.url))];

const disk = SmallDisk.mount(DISK_MB);

// `npm test` lists it as skipped where nothing can be mounted, `npm run drill -- disk` says why it fails.
describe.skipIf(disk === null && RECORD_FILE === undefined)('a full disk of PostgreSQL', () => {
  let environment: Environment;
  let apis: ProductProcess[];
  beforeAll(async () => {
    if (disk === null) throw new Error('The drill disk has to run as root: it mounts a small disk for PostgreSQL.');
    environment = await Environment.open(BACKEND, () => Postgres.start(SETTINGS, disk.folder));
    apis = await environment.apis(2);
    await environment.worker();
  });
  afterAll(async () => {
    await environment?.close();
    disk?.unmount();
  });

  const readiness = async ({ url } = apis[0] as ProductProcess) => {
    const response = await fetch(`${url}/health/ready`);
    return `${response.status} ${await response.text()}`;
  };

  /** People register while the disk is full, until `untilFreed` has ended, and go on afterwards. */
  async function registerWhileFull(untilFreed: () => Promise<unknown>, servers = apis): Promise<History> {
    const { fixtures } = environment;
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: PEOPLE });
    const load = sendAll(requestsFor(await fixtures.people(PEOPLE), competitionId), servers, history, 16);
    await waitFor('enough are accepted', () => history.accepted.length >= ACCEPTED_BEFORE);
    disk?.fill();
    recordEvent('disk full');
    const refused = () => history.attempts.length - history.accepted.length;
    await waitFor('enough are refused', () => refused() >= REFUSED_WHILE_FULL);
    await untilFreed();
    const freedAt = Date.now();
    await load;
    recordFigure('without a final response after the disk was freed', history.longestSilenceMs(freedAt) / 1_000, 's');
    return history;
  }

  async function expectAllRegistered(history: History): Promise<void> {
    expect(history.results()).toEqual({ 201: PEOPLE });
    expect(await history.violations(environment.fixtures)).toEqual([]);
  }

  it('FT-13 costs declared 503s and a warning in readiness, and registering goes on when there is room', async () => {
    const history = await registerWhileFull(async () => {
      await waitFor('readiness has a warning', async () => WARNING.test(await readiness()));
      disk?.free();
    });
    await expectAllRegistered(history);
  });

  it('FT-13 that ends PostgreSQL costs declared 503s, and registering goes on when it has room to start', async () => {
    // Before: a new connection writes too.
    const client = new pg.Client({ connectionString: environment.databaseUrl });
    client.on('error', () => {});
    await client.connect();
    const history = await registerWhileFull(async () => {
      await useUpLog(client);
      recordEvent('PostgreSQL ended');
      const restarted = environment.postgres.start(); // tries again and again, as a supervisor does
      await waitFor('the API is not ready', async () => (await readiness()).startsWith('503'));
      disk?.free();
      await restarted;
    });
    await expectAllRegistered(history);
  });

  it('FT-13 loses no message', async () => {
    const { pool } = environment.fixtures;
    const count = async (sql: string) => (await pool.query(`SELECT count(*)::int AS n ${sql}`)).rows[0].n;
    await waitFor('all jobs are settled', async () => (await count('FROM outbox WHERE settled_at IS NULL')) === 0);
    expect(await count(`FROM mailbox_messages WHERE kind = 'CONFIRMED'`)).toBe(2 * PEOPLE);
    expect(await count('FROM failed_jobs')).toBe(0);
  });

  it('sabotage of FT-13: where the code of a full disk is not known, readiness has no warning', async () => {
    const api = await environment.api({ nodeArgs: DISK_FULL_UNKNOWN });
    let whileFull = '';
    const history = await registerWhileFull(async () => {
      whileFull = await readiness(api);
      disk?.free();
    }, [api]);
    expect(whileFull).toMatch(/^200 /);
    expect(whileFull).not.toMatch(WARNING);
    await expectAllRegistered(history); // admission takes any failure that it does not know for one that may pass
  });
});

/**
 * Writes the log of PostgreSQL, which ends when it cannot begin another file of it. As much at once as the disk holds: a
 * checkpoint in between would find room in old files.
 */
async function useUpLog(client: pg.Client): Promise<void> {
  const write = `SELECT pg_logical_emit_message(false, 'drill', repeat('x', 1048576)) FROM generate_series(1, ${DISK_MB})`;
  await waitFor('PostgreSQL has ended', async () => {
    await client.query(write).catch(() => {});
    return !(await accepts(client.port));
  });
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('close', () => socket.destroy()).end();
  });
