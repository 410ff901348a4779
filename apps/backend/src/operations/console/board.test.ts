import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { anAdmin, anOrganizer, type Person } from '../../../test/support/factories.js';
import { call, get } from '../../../test/support/http-client.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';

const BOARD = '/api/admin/board';

describe('Bull Board', () => {
  let redis: TestRedis;
  let database: TestDatabase;
  let api: TestApi;
  let admin: Person;

  beforeAll(async () => {
    redis = await startRedis();
    database = await createTestDatabase();
    api = await startApi({ databaseUrl: database.url, redis: { url: redis.url } });
    admin = await anAdmin();
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
    await database.drop();
  });

  it('shows the queues to an admin, with a policy that blocks other origins', async () => {
    const page = await get(api.url, BOARD, { token: admin.token });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const script = /src="(static[^"]+)"/.exec(page.text)?.[1];
    expect((await get(api.url, `${BOARD}/${script}`, { token: admin.token })).status).toBe(200);
    const { status, body } = await get(api.url, `${BOARD}/api/queues?page=1`, { token: admin.token });
    expect(status).toBe(200);
    expect(body.queues.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['registration', 'reminder', 'mail']),
    );
    expect(body.queues.every(({ readOnlyMode }: { readOnlyMode: boolean }) => readOnlyMode)).toBe(true);
  });

  it('refuses page, files and data to everyone else', async () => {
    const organizer = await anOrganizer();
    for (const path of ['', '/', '/queue/mail', '/api/queues', '/static/js/main.js', '/api/queues/mail/1']) {
      expect(await get(api.url, BOARD + path), path).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(await get(api.url, BOARD + path, { token: organizer.token }), path).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
    }
  });

  it('S16: is closed to a former admin whose token is from before', async () => {
    const { id, token } = await anAdmin();
    expect((await get(api.url, BOARD, { token })).status).toBe(200);
    await database.pool.query(`UPDATE users SET role = 'ORGANIZER' WHERE id = $1`, [id]);
    for (const path of ['', '/api/queues', '/static/js/main.js'])
      expect(await get(api.url, BOARD + path, { token }), path).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN' },
      });
  });

  it('is read-only: changes go through the console, which writes an audit entry', async () => {
    for (const path of ['mail/pause', 'mail/obliterate', 'mail/retry/failed', 'mail/clean/failed', 'mail/1/retry'])
      expect(await call('PUT', api.url, `${BOARD}/api/queues/${path}`, { token: admin.token }), path).toMatchObject({
        status: 405,
        body: { code: 'METHOD_NOT_ALLOWED' },
      });
  });

  it('returns 503 while Redis does not answer', async () => {
    await redis.kill();
    expect(await get(api.url, `${BOARD}/api/queues`, { token: admin.token })).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE' },
    });
    expect((await get(api.url, '/health/ready')).status).toBe(200);
  });

  it('does not exist when the queue is on PostgreSQL', async () => {
    const other = await startApi();
    expect((await get(other.url, BOARD, { token: (await anAdmin()).token })).status).toBe(404);
    await other.close();
  });
});
