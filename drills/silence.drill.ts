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

/** The response, or what happened instead within 4 s, after which a client would try again. */
const send = (url: string, init: RequestInit = {}): Promise<Response | Error> =>
  fetch(url, { ...init, signal: AbortSignal.timeout(4_000) }).catch((error: Error) => error);

const statusOf = async (url: string): Promise<number | string> => {
  const response = await send(url);
  return response instanceof Error ? response.name : response.status;
};

/** True when the organizer could change the number of seats. */
async function canEdit(competitionUrl: string, capacity: number): Promise<boolean> {
  const competition = await send(competitionUrl);
  if (competition instanceof Error || !competition.ok) return false;
  const { version } = (await competition.json()) as { version: number };
  const { token } = await installation.environment.fixtures.organizer();
  const response = await send(competitionUrl, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': `"${version}"` },
    body: JSON.stringify({ capacity }),
  });
  return !(response instanceof Error) && response.ok;
}

const countRows = async (sql: string): Promise<number> =>
  (await installation.environment.fixtures.pool.query(`SELECT count(*)::int AS n ${sql}`)).rows[0].n;

const MESSAGES = `FROM mailbox_messages WHERE kind = 'CONFIRMED'`;

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

interface Recovery {
  readonly registering: number;
  readonly editing: number;
  readonly messages: number;
  readonly everything: number;
}

/** In seconds from when another host has the address. */
async function recovery(competitionId: string, history: History): Promise<Recovery> {
  const { database, apis, worker } = installation;
  const accepted = history.accepted.length;
  const written = await countRows(MESSAGES);
  database.forward();
  const startedAt = performance.now();
  const secondsUntil = async (...args: Parameters<typeof waitFor>) => {
    await waitFor(...args);
    return (performance.now() - startedAt) / 1_000;
  };
  const competitionUrls = apis.map(({ url }) => `${url}/api/competitions/${competitionId}`);
  const urls = [
    ...[...apis, worker].map(({ url }) => `${url}/health/ready`),
    ...apis.map(({ url }) => `${url}/api/competitions`),
    ...competitionUrls,
  ];
  const [registering, reading, messages, ...editing] = await Promise.all([
    secondsUntil('people register', () => history.accepted.length > accepted),
    secondsUntil('everything can be read', async () =>
      (await Promise.all(urls.map(statusOf))).every((status) => status === 200),
    ),
    secondsUntil('a message is written', async () => (await countRows(MESSAGES)) > written),
    ...competitionUrls.map((url, i) => secondsUntil('the organizer can edit', () => canEdit(url, PEOPLE + 1 + i))),
  ]);
  const everything = Math.max(registering, reading, messages, ...editing);
  return { registering, editing: Math.max(...editing), messages, everything };
}

/** People register when the host loses power; after a while another host has its address. */
async function loseHost(): Promise<{
  history: History;
  recovered: Recovery;
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
        recordFigure('until the organizer can edit again', recovered.editing, 's');
        recordFigure('until a message is written again', recovered.messages, 's');
        recordFigure('until everything works again', recovered.everything, 's');
        expect(wrong).toEqual([]);
        expect(recovered.registering).toBeLessThan(REGISTERING_WITHIN_S);
        expect(recovered.everything).toBeLessThan(EVERYTHING_WITHIN_S);
        expect(history.results()).toEqual({ 201: PEOPLE });
        expect(await history.violationsOfResponses(fixtures.pool)).toEqual([]);
      }
      await waitFor(
        'all jobs are settled',
        async () => (await countRows('FROM outbox WHERE settled_at IS NULL')) === 0,
      );
      expect(await installation.environment.brokenInvariants()).toEqual([]);
      expect(await countRows(MESSAGES)).toBe(ROUNDS * PEOPLE);
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
