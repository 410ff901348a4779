import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkInvariants, INVARIANTS } from '../apps/backend/src/operations/invariants/invariants.js';
import { Fixtures } from '../tools/src/testing/fixtures.js';
import { migrate, type ProductProcess, startApi, startWorker } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { History } from './harness/history.js';
import { numberParameter } from './harness/parameters.js';
import { PatroniCluster } from './harness/patroni.js';
import { recordChecks, recordEvent, recordFigure } from './harness/record.js';

const KILLS = numberParameter('DRILL_ROUNDS') ?? 3;
const PEOPLE = 2_000;
const ACCEPTED_BEFORE = 300;
const ROUND_LIMIT_MS = 240_000;
/** A job that the queue in PostgreSQL lost is dispatched again when its lease ends. */
const MAX_LEASE_MS = 400_000;

const KINDS: [string, (cluster: PatroniCluster) => Promise<void>][] = [
  ['PostgreSQL of the leader killed', (cluster) => cluster.killPostgres()],
  ['leader and its Patroni killed', (cluster) => cluster.killLeaderAndPatroni()],
  ['switchover', (cluster) => cluster.switchOver()],
];

let cluster: PatroniCluster;
let fixtures: Fixtures;
const processes: ProductProcess[] = [];
beforeAll(async () => {
  cluster = await PatroniCluster.start();
  const databaseUrl = cluster.url('drill');
  await migrate(databaseUrl);
  fixtures = new Fixtures(databaseUrl);
  const options = { databaseUrl, env: { DATABASE_SYNCHRONOUS_STANDBYS: '1' } };
  for (const start of [startApi, startApi, startWorker]) processes.push(await start(options));
}, ROUND_LIMIT_MS);
afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()));
  await fixtures.close();
  await cluster.stop();
});

describe('a failover of PostgreSQL under Patroni with a strictly synchronous standby', () => {
  it(
    'HA-07 loses no acknowledged registration and no message, in any of three kinds, under load',
    async () => {
      const [first, second] = processes as [ProductProcess, ProductProcess];
      for (let kill = 0; kill < KILLS; kill++) {
        const [kind, fail] = KINDS[kill % KINDS.length] as (typeof KINDS)[number];
        await cluster.isWhole();
        const ready = (await (await fetch(`${first.url}/health/ready`)).json()) as { warnings?: string[] };
        const history = new History();
        const competitionId = await fixtures.competition({ capacity: PEOPLE });
        const load = sendAll(requestsFor(await fixtures.people(PEOPLE), competitionId), [first, second], history, 64);
        await waitFor('enough are accepted', () => history.accepted.length >= ACCEPTED_BEFORE);
        const failedAt = Date.now();
        await fail(cluster);
        await load;
        recordEvent(kind);
        recordFigure(`silence after: ${kind}`, history.longestSilenceMs(failedAt) / 1_000, 's');
        expect(history.results(), kind).toEqual({ 201: PEOPLE });
        expect(await history.violationsOfResponses(fixtures.pool), kind).toEqual([]);
        expect(ready.warnings).toBeUndefined();
      }
      recordFigure('registrations accepted', KILLS * PEOPLE, '');

      const count = async (sql: string) => (await fixtures.pool.query(`SELECT count(*)::int AS n ${sql}`)).rows[0].n;
      await waitFor(
        'all jobs are settled',
        async () => (await count('FROM outbox WHERE settled_at IS NULL')) === 0,
        MAX_LEASE_MS,
      );
      await fixtures.pool.query('ANALYZE');
      expect(recordChecks(INVARIANTS, await checkInvariants(fixtures.pool))).toEqual([]);
      expect(await count(`FROM mailbox_messages WHERE kind = 'CONFIRMED'`)).toBe(KILLS * PEOPLE);
    },
    ROUND_LIMIT_MS * (KILLS + 1),
  );
});
