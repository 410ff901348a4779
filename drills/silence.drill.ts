import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { History } from './harness/history.js';
import { Installation } from './harness/installation.js';
import { numberParameter } from './harness/parameters.js';
import { recordEvent, recordFigure } from './harness/record.js';

const ROUNDS = numberParameter('DRILL_ROUNDS') ?? 1;
const SILENT_SECONDS = numberParameter('DRILL_SECONDS') ?? 20;
const NO_TIME_LIMITS = ['--import', fileURLToPath(new URL('./harness/no-answer-timeouts.mjs', import.meta.url))];
const PEOPLE = 2_000;
const ACCEPTED_BEFORE = 100;
/** Of a silent database. The longest check takes 1.9 s. */
const NOTICED_AFTER_MS = 3_000;
const READY_WITHIN_MS = 2_500;
const REGISTERING_WITHIN_S = 10;
const EVERYTHING_WITHIN_S = 15;
const ROUND_LIMIT_MS = (SILENT_SECONDS + 120) * 1_000;

let installation: Installation;
beforeEach(async () => {
  installation = await Installation.open();
});
afterEach(() => installation.close());

/** The status of a read, or what happened instead within 4 s, after which a client would try again. */
const statusOf = (url: string): Promise<number | string> =>
  fetch(url, { signal: AbortSignal.timeout(4_000) }).then(
    ({ status }) => status,
    (error: Error) => error.name,
  );

/** What is wrong while the database is silent: readiness that says otherwise, or takes its time. */
async function wrongReadiness(): Promise<string[]> {
  const wrong: string[] = [];
  const until = performance.now() + SILENT_SECONDS * 1_000;
  await sleep(NOTICED_AFTER_MS);
  while (performance.now() < until) {
    for (const { url } of [...installation.apis, installation.worker]) {
      const startedAt = performance.now();
      const status = await statusOf(`${url}/health/ready`);
      const ms = Math.round(performance.now() - startedAt);
      if (status !== 503 || ms > READY_WITHIN_MS) wrong.push(`${url} was ${status} after ${ms} ms`);
    }
    await sleep(500);
  }
  return wrong;
}

/** In seconds from now on. */
async function recovery(competitionId: string, history: History): Promise<{ registering: number; everything: number }> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const before = history.accepted.length;
  await waitFor('people register', () => history.accepted.length > before);
  const registering = seconds();
  const paths = ['/health/ready', '/api/competitions', `/api/competitions/${competitionId}`];
  const urls = installation.apis.flatMap(({ url }) => paths.map((path) => url + path));
  await waitFor('everything works', async () => {
    const statuses = await Promise.all([...urls, `${installation.worker.url}/health/ready`].map(statusOf));
    return statuses.every((status) => status === 200);
  });
  return { registering, everything: seconds() };
}

/** People register when the host loses power; after a while another host has its address. */
async function loseHost(): Promise<{
  history: History;
  recovered: Awaited<ReturnType<typeof recovery>>;
  wrong: string[];
}> {
  const { database, environment, apis } = installation;
  const history = new History();
  const competitionId = await environment.fixtures.competition({ capacity: PEOPLE });
  const load = sendAll(requestsFor(await environment.fixtures.people(PEOPLE), competitionId), apis, history, 16);
  await waitFor('enough are accepted', () => history.accepted.length >= ACCEPTED_BEFORE);
  database.silence();
  recordEvent('host of the database lost power');
  const wrong = await wrongReadiness();
  database.forward();
  const recovered = await recovery(competitionId, history);
  await load;
  return { history, recovered, wrong };
}

describe('a database host that loses power and closes no connection', () => {
  it(
    'R3: the processes are not ready until another host has its address, and then registering works within 10 s and everything within 15 s',
    async () => {
      const { fixtures } = installation.environment;
      for (let round = 1; round <= ROUNDS; round++) {
        const { history, recovered, wrong } = await loseHost();
        recordFigure('until people register again', recovered.registering, 's');
        recordFigure('until everything works again', recovered.everything, 's');
        expect(wrong).toEqual([]);
        expect(recovered.registering).toBeLessThan(REGISTERING_WITHIN_S);
        expect(recovered.everything).toBeLessThan(EVERYTHING_WITHIN_S);
        expect(history.results()).toEqual({ 201: PEOPLE });
        expect(await history.violationsOfResponses(fixtures.pool)).toEqual([]);
      }
      const count = async (sql: string) => (await fixtures.pool.query(`SELECT count(*)::int AS n ${sql}`)).rows[0].n;
      await waitFor('all jobs are settled', async () => (await count('FROM outbox WHERE settled_at IS NULL')) === 0);
      expect(await installation.environment.brokenInvariants()).toEqual([]);
      expect(await count(`FROM mailbox_messages WHERE kind = 'CONFIRMED'`)).toBe(ROUNDS * PEOPLE);
    },
    ROUND_LIMIT_MS * ROUNDS,
  );
});

describe('sabotage of R3', () => {
  it(
    'registering does not work within 10 s when APIs wait for answers without a limit',
    async () => {
      for (const api of installation.apis) await api.killAndRestart({ nodeArgs: NO_TIME_LIMITS });
      const { database, environment, apis } = installation;
      const history = new History();
      const competitionId = await environment.fixtures.competition({ capacity: PEOPLE });
      const requests = requestsFor(await environment.fixtures.people(PEOPLE), competitionId);
      void sendAll(requests, apis, history, 16);
      await waitFor('enough are accepted', () => history.accepted.length >= ACCEPTED_BEFORE);
      database.silence();
      await sleep(NOTICED_AFTER_MS);
      database.forward();
      const before = history.accepted.length;
      await sleep(REGISTERING_WITHIN_S * 1_000);
      expect(history.accepted.length).toBe(before);
    },
    ROUND_LIMIT_MS,
  );
});
