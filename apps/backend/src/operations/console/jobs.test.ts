import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { call, get, post } from '../../../test/client.js';
import { aCompetition, anAdmin, anOrganizer, aPerson, type Person } from '../../../test/factories.js';
import { allSettled, broken, enter, eventually, messages, rows } from '../../../test/jobs.js';
import { startSmtp, type TestSmtp } from '../../../test/smtp.js';
import { startWorker } from '../../../test/worker.js';

describe('the job console', () => {
  let api: TestApi;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let admin: Person;

  beforeAll(async () => {
    api = await startApi();
    smtp = await startSmtp();
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, smtpUrl: smtp.url });
    admin = await anAdmin();
  });
  beforeEach(() => {
    smtp.trouble = null;
    smtp.received.length = 0;
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
    await smtp?.close();
  });

  const ask = (path = '') => get(api.url, `/api/admin/jobs${path}`, { token: admin.token });
  const press = (path: string, body: object = {}) =>
    post(api.url, `/api/admin/jobs${path}`, { token: admin.token, body });
  const failOne = async () => {
    const person = await aPerson();
    smtp.trouble = { at: 'rcpt', does: 'refuse', code: 550 };
    await enter([person], await aCompetition());
    await allSettled();
    smtp.trouble = null;
    const { items } = (await ask('/failed')).body;
    return { person, job: items[0] };
  };
  const deliveryOf = async ({ id }: Person) => (await messages(`user_id = '${id}'`))[0]?.delivery;

  it('is for admins only', async () => {
    const paths = ['', '/runs', '/failed', '/unknown', '/audit'];
    for (const person of [await aPerson(), await anOrganizer()])
      for (const path of paths)
        expect((await get(api.url, `/api/admin/jobs${path}`, { token: person.token })).status).toBe(403);
    for (const path of paths) expect((await get(api.url, `/api/admin/jobs${path}`)).status).toBe(401);
  });

  it('shows what failed and why; replayed once it is sent once, replayed twice too', async () => {
    const { person, job } = await failOne();
    expect(job).toMatchObject({ queue: 'mail', name: 'send', permanent: true, attempts: 1, settledAt: null });
    expect(job.error).toContain('550');
    expect(await deliveryOf(person)).toBe('FAILED');
    expect((await ask()).body).toMatchObject({ failed: 1 });

    const answers = await Promise.all([1, 2].map(() => press(`/failed/${job.id}/replay`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await allSettled();
    expect(smtp.received.filter(({ to }) => to === person.email)).toHaveLength(1);
    expect(await deliveryOf(person)).toBe('SENT');
    expect((await ask('/audit')).body.items[0]).toMatchObject({
      action: 'job.replayed',
      actor: admin.email,
      subject: job.id,
    });
    expect((await press(`/failed/${job.id}/replay`)).body.code).toBe('JOB_SETTLED');
    expect((await ask('/failed?state=settled')).body.items[0]).toMatchObject({ id: job.id, settledAs: 'REPLAYED' });
    expect(await broken()).toEqual([]);
  });

  it('a replay that fails again is there again', async () => {
    const { person, job } = await failOne();
    smtp.trouble = { at: 'rcpt', does: 'refuse', code: 550 };
    await press('/failed/replay');
    await eventually(
      async () => (await ask('/failed')).body.items,
      (items) => items[0]?.attempts === 2,
    );
    smtp.trouble = null;
    expect((await press('/failed/replay', { queue: 'mail' })).body).toEqual({ settled: 1 });
    await allSettled();
    expect(await deliveryOf(person)).toBe('SENT');
    expect((await ask(`/failed?state=all`)).body.items.filter(({ id }: { id: string }) => id === job.id)).toHaveLength(
      1,
    );
  });

  it('what is discarded is done by nobody, and stays to be read', async () => {
    const { person, job } = await failOne();
    expect((await press('/failed/discard', { queue: 'registration' })).body).toEqual({ settled: 0 });
    expect((await press(`/failed/${job.id}/discard`)).body).toEqual({ settled: 1 });
    expect((await ask('/failed')).body).toMatchObject({ items: [], total: 0 });
    expect(await deliveryOf(person)).toBe('FAILED');
    expect((await press('/failed/00000000-0000-4000-8000-000000000000/discard')).body.code).toBe('JOB_NOT_FOUND');
    expect(await broken()).toEqual([]);
  });

  it('JB-08: lets an admin say what became of an unknown message: it arrived, or once more', async () => {
    const settled: Record<string, number> = {};
    for (const as of ['sent', 'resend']) {
      const person = await aPerson();
      smtp.trouble = { at: 'dot', does: 'hang-up', times: 1 };
      await enter([person], await aCompetition());
      await allSettled();
      expect((await ask()).body.unknown).toBe(1);
      const [message] = (await ask('/unknown')).body.items;
      expect(message).toMatchObject({ recipient: person.email, kind: 'CONFIRMED' });
      const answers = await Promise.all([1, 2].map(() => press(`/unknown/${message.id}`, { as })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      await allSettled();
      expect(await deliveryOf(person)).toBe('SENT');
      settled[as] = smtp.received.filter(({ to }) => to === person.email).length;
    }
    expect(settled).toEqual({ sent: 1, resend: 2 });
    expect(await broken()).toEqual([]);
  });

  it('says that a queue rests and why, that no worker is heard of, and that a run is overdue', async () => {
    await smtp.stop();
    await enter([await aPerson()], await aCompetition());
    const resting = await eventually(
      async () => (await ask()).body,
      (overview) => overview.warnings.length > 0,
    );
    expect(resting).toMatchObject({ backend: 'postgresql', answers: true });
    expect(resting.warnings.join()).toMatch(/queue "mail" rests: The mail server cannot be reached/);
    expect(resting.queues.find(({ name }: { name: string }) => name === 'mail')).toMatchObject({
      paused: true,
      delayed: 1,
    });
    await smtp.start();
    await allSettled();
    expect((await ask()).body.runs.map(({ name }: { name: string }) => name)).toContain('reminders');
    await worker.close();
    await rows(`UPDATE scheduled_runs SET slot = slot - interval '1 hour'`);
    const { warnings } = (await ask()).body;
    expect(warnings.join()).toMatch(/No worker is running/);
    expect(warnings.join()).toMatch(/"reminders" is overdue/);
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, smtpUrl: smtp.url });
  });

  it('refuses what it does not know', async () => {
    expect((await press('/unknown/nonsense', { as: 'sent' })).status).toBe(400);
    expect((await press('/failed/replay', { all: true })).status).toBe(400);
    expect((await call('GET', api.url, '/api/admin/jobs/failed?state=odd', { token: admin.token })).status).toBe(400);
  });
});
