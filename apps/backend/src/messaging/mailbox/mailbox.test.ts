import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, aPerson, type Person, registerMany } from '../../../test/support/factories.js';
import { get, patch } from '../../../test/support/http-client.js';
import { allJobsSettled } from '../../../test/support/jobs.js';
import { startWorker } from '../../../test/support/worker.js';

describe('the mailbox', () => {
  let api: TestApi;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let reader: Person;

  beforeAll(async () => {
    api = await startApi();
    worker = await startWorker({ databaseUrl: api.env.databaseUrl });
    reader = await aPerson();
    for (let i = 0; i < 3; i++) await registerMany([reader], await aCompetition({ title: `Race ${i}` }));
    await allJobsSettled();
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
  });

  it('lists the messages of a person in pages, newest first', async () => {
    const first = await get(api.url, '/api/mailbox?limit=2', { token: reader.token });
    expect(first.body).toMatchObject({ total: 3, unread: 3 });
    expect((await get(api.url, '/api/auth/me', { token: reader.token })).body.unread).toBe(3);
    expect(first.body.items[0]).toMatchObject({
      kind: 'CONFIRMED',
      language: 'en',
      delivery: 'mailbox',
      readAt: null,
      sentAt: null,
    });
    const second = await get(api.url, `/api/mailbox?limit=2&cursor=${first.body.nextCursor}`, { token: reader.token });
    expect(second.body.items).toHaveLength(1);
    expect(second.body.nextCursor).toBeNull();
    const ids = [...first.body.items, ...second.body.items].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  it('marks a message as read, keeps the time of the first read, and marks it as unread again', async () => {
    const { items } = (await get(api.url, '/api/mailbox', { token: reader.token })).body;
    const path = `/api/mailbox/${items[0].id}`;
    const read = await patch(api.url, path, { token: reader.token, body: { read: true } });
    const again = await patch(api.url, path, { token: reader.token, body: { read: true } });
    expect(again.body.readAt).toBe(read.body.readAt);
    expect((await get(api.url, '/api/mailbox?unread=true', { token: reader.token })).body).toMatchObject({ total: 2 });
    expect((await get(api.url, '/api/mailbox?unread=false', { token: reader.token })).body.items).toHaveLength(1);
    await patch(api.url, path, { token: reader.token, body: { read: false } });
    expect((await get(api.url, path, { token: reader.token })).body.readAt).toBeNull();
  });

  it('AU-15: is not visible to another person', async () => {
    const [message] = (await get(api.url, '/api/mailbox', { token: reader.token })).body.items;
    const stranger = await aPerson();
    const path = `/api/mailbox/${message.id}`;
    for (const response of [
      await get(api.url, path, { token: stranger.token }),
      await patch(api.url, path, { token: stranger.token, body: { read: true } }),
    ])
      expect([response.status, response.body.code]).toEqual([404, 'MESSAGE_NOT_FOUND']);
    expect((await get(api.url, '/api/mailbox', { token: stranger.token })).body.items).toEqual([]);
    expect((await get(api.url, '/api/mailbox')).status).toBe(401);
    expect((await get(api.url, '/api/mailbox/nonsense', { token: reader.token })).status).toBe(400);
  });
});
