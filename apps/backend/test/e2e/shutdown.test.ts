import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../tools/src/free-port.js';
import { HttpConnection } from '../../../../tools/src/testing/http-connection.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aCompetition, people } from '../support/factories.js';
import { type ApiResponse, get, post } from '../support/http-client.js';
import { startApiProcess, startWebApp, type TestProcess } from '../support/processes.js';
import { subscribe } from '../support/seat-subscriber.js';

const CLIENTS = 30;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function terminate(api: TestProcess) {
  const start = performance.now();
  const code = await api.end('SIGTERM');
  return { code, ms: performance.now() - start };
}

describe('FT-06 SIGTERM to the API', () => {
  it('keeps every confirmed registration under load, sends no errors, and exits with 0 within 10 s', async () => {
    const api = await startApiProcess(database.url);
    const { id } = await aCompetition({ capacity: 1000 });
    const persons = await people(600);
    const responses: ApiResponse[] = [];
    let refused = 0;
    const requests = persons.map(async ({ token }) => {
      try {
        responses.push(await post(api.url, `/api/competitions/${id}/register`, { token, body: {} }));
      } catch {
        refused++; // the client does not know the outcome, and retries with its idempotency key
      }
    });
    while (responses.length < 50) await new Promise((resolve) => setImmediate(resolve));
    const { code, ms } = await terminate(api);
    await Promise.all(requests);
    expect({ code, output: code === 0 ? '' : api.output() }).toEqual({ code: 0, output: '' });
    expect(ms).toBeLessThan(10_000);
    expect(responses.length + refused).toBe(600);
    expect([...new Set(responses.map(({ status }) => status))]).toEqual([201]);
    const { rows } = await database.pool.query('SELECT id FROM registrations WHERE competition_id = $1', [id]);
    const stored = new Set(rows.map((row) => row.id));
    for (const { body } of responses) expect(stored.has(body.registrationId)).toBe(true);
  });

  it('finishes the request that waits for a lock, accepts no new one, and closes its database connections', async () => {
    const api = await startApiProcess(database.url);
    const { id } = await aCompetition();
    const [person] = await people(1);
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [id]);
    const waiting = post(api.url, `/api/competitions/${id}/register`, { token: person?.token, body: {} });
    const countWaiting = async () =>
      (await database.pool.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`))
        .rows[0].n;
    while ((await countWaiting()) === 0);
    const ended = terminate(api);
    while (await isListening(api.url));
    await holder.query('COMMIT');
    holder.release();
    expect((await waiting).status).toBe(201);
    expect((await ended).code).toBe(0);
    const { rows } = await database.pool.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'mini-compete%'`,
    );
    expect(rows[0].n).toBe(0);
  });

  it.each(['url', 'frontUrl'] as const)('closes no connection to its %s under a request', async (address) => {
    const api = await startApiProcess(database.url);
    let answered = 0;
    const lastResponses = Array.from({ length: CLIENTS }, async () => {
      const connection = new HttpConnection(api[address]);
      for (;;) {
        const { head } = await connection.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
        answered++;
        if (/^connection: close/im.test(head)) return 'announced the end';
      }
    });
    await vi.waitFor(() => expect(answered).toBeGreaterThan(20 * CLIENTS), 20_000);
    const ended = terminate(api);
    expect(await Promise.all(lastResponses)).toEqual(lastResponses.map(() => 'announced the end'));
    expect((await ended).code).toBe(0);
  });

  it('closes the address for browsers first, and the address for the web app after its last page', async () => {
    const webPort = await freePort();
    const api = await startApiProcess(database.url, { WEB_URL: `http://127.0.0.1:${webPort}` });
    const web = await startWebApp(api.url, webPort);
    const { id, title } = await aCompetition();
    const subscriber = await subscribe(api.frontUrl, { id });
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE competitions IN ACCESS EXCLUSIVE MODE');
    const page = get(api.frontUrl, `/competitions/${id}`);
    await vi.waitFor(async () => {
      const { rows } = await holder.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      expect(rows.length).toBeGreaterThan(0);
    }, 20_000);
    const ended = terminate(api);
    await vi.waitFor(async () => expect(await isListening(api.frontUrl)).toBe(false), 20_000);
    // Until the page is finished, the web app may send further requests.
    expect((await get(api.url, '/health/live')).status).toBe(200);
    expect((await get(api.url, '/health/ready')).status).toBe(503);
    expect(subscriber.ended).toBe(true);
    await holder.query('COMMIT');
    holder.release();
    const { status, text, headers } = await page;
    expect(status).toBe(200);
    expect(text).toContain(title);
    expect(headers.get('connection')).toBe('close');
    const { code, ms } = await ended;
    expect({ code, output: code === 0 ? '' : api.output() }).toEqual({ code: 0, output: '' });
    expect(ms).toBeLessThan(10_000);
    await web.kill();
  });

  it('exits although a client keeps a connection with an unfinished request open', async () => {
    const api = await startApiProcess(database.url);
    const { hostname, port } = new URL(api.url);
    const idle = connect(Number(port), hostname);
    idle.on('error', () => {});
    await new Promise((resolve) => idle.once('connect', resolve));
    idle.write(
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect((await get(api.url, '/health/live')).status).toBe(200);
    const { code, ms } = await terminate(api);
    idle.destroy();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
  });
});

function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
