import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  type Person,
  registerMany,
} from '../../../test/support/factories.js';
import { call, get, post } from '../../../test/support/http-client.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';

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
    smtp.fault = null;
    smtp.received.length = 0;
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
    await smtp?.close();
  });

  const getConsole = (path = '') => get(api.url, `/api/admin/jobs${path}`, { token: admin.token });
  const postConsole = (path: string, body: object = {}) =>
    post(api.url, `/api/admin/jobs${path}`, { token: admin.token, body });
  const failOne = async () => {
    const person = await aPerson();
    smtp.fault = { at: 'rcpt', action: 'reject', code: 550 };
    await registerMany([person], await aCompetition());
    await allJobsSettled();
    smtp.fault = null;
    const { items } = (await getConsole('/failed')).body;
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

  it('lists failed jobs with their error; a job replayed twice at the same time is sent once', async () => {
    const { person, job } = await failOne();
    expect(job).toMatchObject({ queue: 'mail', name: 'send', permanent: true, attempts: 1, settledAt: null });
    expect(job.error).toContain('550');
    expect(await deliveryOf(person)).toBe('FAILED');
    expect((await getConsole()).body).toMatchObject({ failed: 1 });

    const responses = await Promise.all([1, 2].map(() => postConsole(`/failed/${job.id}/replay`)));
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
    await allJobsSettled();
    expect(smtp.received.filter(({ to }) => to === person.email)).toHaveLength(1);
    expect(await deliveryOf(person)).toBe('SENT');
    expect((await getConsole('/audit')).body.items[0]).toMatchObject({
      action: 'job.replayed',
      actor: admin.email,
      subject: job.id,
    });
    expect((await postConsole(`/failed/${job.id}/replay`)).body.code).toBe('JOB_SETTLED');
    expect((await getConsole('/failed?state=settled')).body.items[0]).toMatchObject({
      id: job.id,
      settledAs: 'REPLAYED',
    });
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('lists a replayed job again when it fails again', async () => {
    const { person, job } = await failOne();
    smtp.fault = { at: 'rcpt', action: 'reject', code: 550 };
    await postConsole('/failed/replay');
    await eventually(
      async () => (await getConsole('/failed')).body.items,
      (items) => items[0]?.attempts === 2,
    );
    smtp.fault = null;
    expect((await postConsole('/failed/replay', { queue: 'mail' })).body).toEqual({ settled: 1 });
    await allJobsSettled();
    expect(await deliveryOf(person)).toBe('SENT');
    expect(
      (await getConsole(`/failed?state=all`)).body.items.filter(({ id }: { id: string }) => id === job.id),
    ).toHaveLength(1);
  });

  it('does not run discarded jobs, and keeps them for reading', async () => {
    const { person, job } = await failOne();
    expect((await postConsole('/failed/discard', { queue: 'registration' })).body).toEqual({ settled: 0 });
    expect((await postConsole(`/failed/${job.id}/discard`)).body).toEqual({ settled: 1 });
    expect((await getConsole('/failed')).body).toMatchObject({ items: [], total: 0 });
    expect(await deliveryOf(person)).toBe('FAILED');
    expect((await postConsole('/failed/00000000-0000-4000-8000-000000000000/discard')).body.code).toBe('JOB_NOT_FOUND');
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('JB-08: lets an admin mark an unknown message as sent, or send it again', async () => {
    const settled: Record<string, number> = {};
    for (const as of ['sent', 'resend']) {
      const person = await aPerson();
      smtp.fault = { at: 'dot', action: 'disconnect', times: 1 };
      await registerMany([person], await aCompetition());
      await allJobsSettled();
      expect((await getConsole()).body.unknown).toBe(1);
      const [message] = (await getConsole('/unknown')).body.items;
      expect(message).toMatchObject({ recipient: person.email, kind: 'CONFIRMED' });
      const responses = await Promise.all([1, 2].map(() => postConsole(`/unknown/${message.id}`, { as })));
      expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
      await allJobsSettled();
      expect(await deliveryOf(person)).toBe('SENT');
      settled[as] = smtp.received.filter(({ to }) => to === person.email).length;
    }
    expect(settled).toEqual({ sent: 1, resend: 2 });
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('warns of a paused queue with the reason, of a missing worker, and of an overdue run', async () => {
    await smtp.stop();
    await registerMany([await aPerson()], await aCompetition());
    const paused = await eventually(
      async () => (await getConsole()).body,
      (overview) => overview.warnings.length > 0,
    );
    expect(paused).toMatchObject({ backend: 'postgresql', answers: true });
    expect(paused.warnings.join()).toMatch(/queue “mail” is paused: The mail server cannot be reached/);
    expect(paused.queues.find(({ name }: { name: string }) => name === 'mail')).toMatchObject({
      paused: true,
      delayed: 1,
    });
    await smtp.start();
    await allJobsSettled();
    expect((await getConsole()).body.runs.map(({ name }: { name: string }) => name)).toContain('reminders');
    await worker.close();
    await rows(`UPDATE scheduled_runs SET slot = slot - interval '1 hour'`);
    const { warnings } = (await getConsole()).body;
    expect(warnings.join()).toMatch(/No worker is running/);
    expect(warnings.join()).toMatch(/“reminders” is overdue/);
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, smtpUrl: smtp.url });
  });

  it('shows the outcome of scheduled runs in the language of the reader', async () => {
    await rows(`INSERT INTO scheduled_runs (name, slot, started_at, finished_at, outcome)
                VALUES ('reminders', now() + interval '1 day', now(), now(), '{"text":"reminders","values":{"count":3}}'),
                       ('popularity', now() + interval '1 day', now(), now(), 'failed: no disk')`);
    const inGerman = async (path: string) =>
      (await get(api.url, path, { token: admin.token, headers: { 'accept-language': 'de' } })).body;
    const outcomes = [{ outcome: 'Erinnerungen eingereiht: 3' }, { outcome: 'Fehlgeschlagen: no disk' }];
    const overview = await inGerman('/api/admin/jobs');
    expect(overview.runs).toEqual(expect.arrayContaining(outcomes.map((run) => expect.objectContaining(run))));
    expect(overview.warnings.join()).toContain('„popularity“: Fehlgeschlagen: no disk');
    const { items } = await inGerman('/api/admin/jobs/runs');
    expect(items).toEqual(expect.arrayContaining(outcomes.map((run) => expect.objectContaining(run))));
  });

  it('rejects invalid input', async () => {
    expect((await postConsole('/unknown/nonsense', { as: 'sent' })).status).toBe(400);
    expect((await postConsole('/failed/replay', { all: true })).status).toBe(400);
    expect((await call('GET', api.url, '/api/admin/jobs/failed?state=odd', { token: admin.token })).status).toBe(400);
  });
});
