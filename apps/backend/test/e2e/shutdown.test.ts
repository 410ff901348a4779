import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, get, post } from '../client.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { watch } from '../event-stream.js';
import { aCompetition, people } from '../factories.js';
import { freePort } from '../postgres.js';
import { startApiProcess } from '../process.js';
import { startWebApp } from '../web.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('FT-06 SIGTERM to the API', () => {
  it('loses nothing that was answered under load, answers nothing without a reason, and exits 0 within 10 s', async () => {
    const api = await startApiProcess(database.url);
    const { id } = await aCompetition({ capacity: 1000 });
    const crowd = await people(600);
    const answers: Answer[] = [];
    let cut = 0;
    const rush = crowd.map(async ({ token }) => {
      try {
        answers.push(await post(api.url, `/api/competitions/${id}/register`, { token, body: {} }));
      } catch {
        cut++; // not taken any more: the client does not know, and repeats with its key
      }
    });
    while (answers.length < 50) await new Promise((resolve) => setImmediate(resolve));
    const { code, ms } = await api.end('SIGTERM');
    await Promise.all(rush);
    expect({ code, output: code === 0 ? '' : api.output() }).toEqual({ code: 0, output: '' });
    expect(ms).toBeLessThan(10_000);
    expect(answers.length + cut).toBe(600);
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([201]);
    const { rows } = await database.pool.query('SELECT id FROM registrations WHERE competition_id = $1', [id]);
    const kept = new Set(rows.map((row) => row.id));
    for (const { body } of answers) expect(kept.has(body.registrationId)).toBe(true);
  }, 60_000);

  it('finishes the request that is waiting, takes no new one, and leaves no connection to the database', async () => {
    const api = await startApiProcess(database.url);
    const { id } = await aCompetition();
    const [person] = await people(1);
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [id]);
    const waiting = post(api.url, `/api/competitions/${id}/register`, { token: person?.token, body: {} });
    const inTheDatabase = async () =>
      (await database.pool.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`))
        .rows[0].n;
    while ((await inTheDatabase()) === 0);
    const ended = api.end('SIGTERM');
    while (await isListening(api.url));
    await holder.query('COMMIT');
    holder.release();
    expect((await waiting).status).toBe(201);
    expect((await ended).code).toBe(0);
    const { rows } = await database.pool.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'mini-compete%'`,
    );
    expect(rows[0].n).toBe(0);
  }, 60_000);

  it('closes the address for browsers first, and the one that the web app calls when its last page is out', async () => {
    const webPort = await freePort();
    const api = await startApiProcess(database.url, { WEB_URL: `http://127.0.0.1:${webPort}` });
    const web = await startWebApp(api.url, webPort);
    const { id, title } = await aCompetition();
    const watcher = await watch(api.frontUrl, { id });
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE competitions IN ACCESS EXCLUSIVE MODE');
    const page = get(api.frontUrl, `/competitions/${id}`);
    await vi.waitFor(async () => {
      const { rows } = await holder.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      expect(rows.length).toBeGreaterThan(0);
    });
    const ended = api.end('SIGTERM');
    await vi.waitFor(async () => expect(await isListening(api.frontUrl)).toBe(false));
    // The page is not out yet: whatever else it asks for is answered.
    expect((await get(api.url, '/health/live')).status).toBe(200);
    expect((await get(api.url, '/health/ready')).status).toBe(503);
    expect(watcher.ended).toBe(true);
    await holder.query('COMMIT');
    holder.release();
    const { status, text, headers } = await page;
    expect(status).toBe(200);
    expect(text).toContain(title);
    expect(headers.get('connection')).toBe('close');
    const { code, ms } = await ended;
    expect({ code, output: code === 0 ? '' : api.output() }).toEqual({ code: 0, output: '' });
    expect(ms).toBeLessThan(10_000);
    await web.stop();
  }, 60_000);

  it('ends although somebody keeps a connection open and says nothing', async () => {
    const api = await startApiProcess(database.url);
    const { hostname, port } = new URL(api.url);
    const idle = connect(Number(port), hostname);
    idle.on('error', () => {});
    await new Promise((resolve) => idle.once('connect', resolve));
    idle.write(
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect((await get(api.url, '/health/live')).status).toBe(200);
    const { code, ms } = await api.end('SIGTERM');
    idle.destroy();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
  }, 60_000);
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
