import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../tools/src/testing/fixtures.js';
import { type ProductProcess, startApi, startWorker } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { Client, requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { type Attempt, History } from './harness/history.js';
import { buildLastRelease, LAST_RELEASE } from './harness/last-release.js';
import { recordEvent, recordFigure } from './harness/record.js';

const MINUTES = 60_000;
const CLIENTS = 16;
const PAUSE_MS = 25;
const READERS = 4;

let oldBackend: string;
let environment: Environment;
beforeAll(async () => {
  oldBackend = buildLastRelease();
  environment = await Environment.open(oldBackend);
}, 20 * MINUTES);
afterAll(() => environment?.close());

/** What a client of the last release calls besides registering, until `isOver`. Collects the responses that it cannot use. */
async function read(person: Person, competition: string, servers: readonly ProductProcess[], isOver: () => boolean) {
  const unusable: string[] = [];
  const paths = ['competitions', `competitions/${competition}`, 'competitions/registrations/my', 'mailbox', 'auth/me'];
  for (let n = 0; !isOver(); n++) {
    const path = paths[n % paths.length] as string;
    const { url } = servers[n % servers.length] as ProductProcess;
    const headers = { authorization: `Bearer ${person.token}` };
    const response = await fetch(`${url}/api/${path}`, { headers }).catch(() => null); // the server is being replaced
    const text = await response?.text().catch(() => null);
    if (response && response.status !== 200 && !(response.status === 503 && response.headers.has('retry-after')))
      unusable.push(`${response.status} ${path}: ${text}`);
    await sleep(PAUSE_MS);
  }
  return unusable;
}

describe(`an upgrade from ${LAST_RELEASE}`, () => {
  it(
    'UG-01: under load: the migrations, then new workers and APIs one after the other; no request gets an undeclared failure',
    async () => {
      const { fixtures, databaseUrl } = environment;
      execFileSync(process.execPath, [`${oldBackend}dist/main.seed.js`], {
        env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: 'development' },
      });
      const old = { databaseUrl, backend: oldBackend };
      const servers = [await environment.api(old), await environment.api(old)];
      let worker = await environment.worker(old);
      const history = new History();
      const soldOut = await fixtures.competition({ capacity: 100 });
      await sendAll(requestsFor(await fixtures.people(2_000), soldOut), servers, history);
      expect(history.results()).toEqual({ 201: 100, COMPETITION_FULL: 1_900 });
      const beforeUpgrade: readonly Attempt[] = history.accepted;

      const competition = await fixtures.competition({ capacity: 100_000 });
      const requests = requestsFor(await fixtures.people(40_000), competition);
      const queue = requests.values();
      let isOver = false;
      const load = Array.from({ length: CLIENTS }, async (_, i) => {
        const client = new Client(servers, history, i);
        for (const request of queue) {
          if (isOver) break;
          await client.sendWithRetries(request);
          await sleep(PAUSE_MS);
        }
        client.close();
      });
      const readers = (await fixtures.people(READERS)).map((person) =>
        read(person, competition, servers, () => isOver),
      );
      const goesOn = async () => {
        const before = history.accepted.length;
        await waitFor('registering goes on', () => history.accepted.length > before + 20 * CLIENTS);
      };

      await goesOn();
      const migratedAt = performance.now();
      await environment.migrate();
      recordFigure('migrations under load', performance.now() - migratedAt, 'ms');
      await goesOn();
      await worker.stop();
      recordEvent('worker replaced');
      worker = await startWorker({ databaseUrl });
      await goesOn();
      for (const [i, server] of servers.entries()) {
        await server.stop();
        recordEvent('API replaced');
        servers[i] = environment.stopOnClose(await startApi({ databaseUrl, port: Number(new URL(server.url).port) }));
        await goesOn();
      }
      isOver = true;
      await Promise.all(load);

      expect((await Promise.all(readers)).flat()).toEqual([]);
      const { 201: accepted = 0, ...others } = history.results();
      expect(others).toEqual({ COMPETITION_FULL: 1_900 });
      expect(accepted).toBeGreaterThan(100 + 100 * CLIENTS);
      recordFigure('slowest registration during the upgrade', history.slowestMs(), 'ms');

      // A client of the last release repeats a request whose response it has lost.
      await sendAll(beforeUpgrade, servers, history);
      const settled = () => fixtures.pool.query('SELECT FROM outbox WHERE settled_at IS NULL LIMIT 1');
      await waitFor('all messages are written', async () => (await settled()).rowCount === 0, 10 * MINUTES);
      expect(await history.violations(fixtures)).toEqual([]);
      await worker.stop();
    },
    30 * MINUTES,
  );
});
