import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultProxy } from '../tools/src/testing/fault-proxy.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { Standby } from '../tools/src/testing/standby.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';
import { numberParameter } from './harness/parameters.js';
import { recordFigure } from './harness/record.js';

const ROUNDS = numberParameter('DRILL_ROUNDS') ?? 1;
/** There and back. */
const ROUND_TRIPS_MS = [0, 2, 10, 50, 100];
const ONE_BY_ONE = 50;
const CROWD = 4_000;
const CLIENTS = 256;
const ROUND_LIMIT_MS = 180_000;
const STANDBY = 'distant';

/** The API and its primary on one side, a standby on the other side of a link that takes its time. */
describe('a synchronous standby at a distance', () => {
  let environment: Environment;
  let link: FaultProxy;
  let standby: Standby;
  let api: ProductProcess;
  beforeAll(async () => {
    environment = await Environment.open();
    link = await FaultProxy.open(environment.databaseUrl);
    standby = await Standby.start(link.url, STANDBY);
    await waitForCommits(STANDBY);
    api = await environment.api({ env: { DATABASE_SYNCHRONOUS_STANDBYS: '1' } });
  });
  afterAll(async () => {
    await standby?.stop();
    await link?.close();
    await environment?.close();
  });

  /** Which standby commits wait for; none with an empty name. */
  async function waitForCommits(name: string): Promise<void> {
    const { pool } = environment.fixtures;
    await pool.query(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`);
    await pool.query('SELECT pg_reload_conf()');
    const state = name === '' ? 'async' : 'sync';
    await waitFor(`the standby is ${state}`, async () => {
      const { rows } = await pool.query<{ state: string }>(
        'SELECT sync_state AS state FROM pg_stat_replication WHERE application_name = $1',
        [STANDBY],
      );
      return rows[0]?.state === state;
    });
  }

  /** How long one person waits, the median in milliseconds, and how many register a second when many ask at once. */
  async function measure(): Promise<{ alone: number; perSecond: number }> {
    const { fixtures } = environment;
    const register = async (n: number, clients: number) => {
      const history = new History();
      const requests = requestsFor(await fixtures.people(n), await fixtures.competition({ capacity: n }));
      const startedAt = performance.now();
      await sendAll(requests, [api], history, clients);
      const seconds = (performance.now() - startedAt) / 1_000;
      expect(history.results()).toEqual({ 201: n });
      expect(await history.violationsOfResponses(fixtures.pool)).toEqual([]);
      return { perSecond: n / seconds, times: history.accepted.map(({ sentAt, receivedAt }) => receivedAt - sentAt) };
    };
    const { times } = await register(ONE_BY_ONE, 1);
    const { perSecond } = await register(CROWD, CLIENTS);
    return { alone: median(times), perSecond };
  }

  it(
    'HA-09 costs each registration a round trip, and no response is wrong',
    async () => {
      for (let round = 0; round < ROUNDS; round++)
        for (const roundTrip of ROUND_TRIPS_MS) {
          link.delay(roundTrip / 2);
          const measured = await roundTripOf(link.url);
          const { alone, perSecond } = await measure();
          recordFigure(`${roundTrip} ms: round trip`, measured, 'ms');
          recordFigure(`${roundTrip} ms: one person, response after`, alone, 'ms');
          recordFigure(`${roundTrip} ms: ${CLIENTS} clients`, perSecond, 'registrations/s');
          expect(alone).toBeGreaterThanOrEqual(roundTrip);
        }
    },
    ROUNDS * ROUND_TRIPS_MS.length * ROUND_LIMIT_MS,
  );

  it('sabotage of HA-09: a commit that waits for no standby takes less than the round trip', async () => {
    const roundTrip = ROUND_TRIPS_MS.at(-1) as number;
    link.delay(roundTrip / 2);
    await waitForCommits('');
    const { alone, perSecond } = await measure();
    recordFigure('no standby is waited for: one person, response after', alone, 'ms');
    recordFigure(`no standby is waited for: ${CLIENTS} clients`, perSecond, 'registrations/s');
    expect(alone).toBeLessThan(roundTrip);
  });
});

/** The median, as a query sees it. */
async function roundTripOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const startedAt = performance.now();
    await client.query('SELECT 1');
    times.push(performance.now() - startedAt);
  }
  await client.end();
  return median(times);
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
