import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, enqueue } from '../../../test/support/jobs.js';
import { startRedis } from '../../../test/support/redis.js';
import { startSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

const UNKNOWN_ID = '01890000-0000-7000-8000-000000000000';

const warnings: Error[] = [];
const addWarning = (warning: Error) => warnings.push(warning);
beforeEach(() => {
  warnings.length = 0;
  process.on('warning', addWarning);
});
afterEach(() => {
  process.off('warning', addWarning);
});

/** Node emits the warning one turn of the event loop later. */
const leaks = async (): Promise<string[]> => {
  await new Promise((resolve) => setImmediate(resolve));
  return warnings.filter(({ name }) => name === 'MaxListenersExceededWarning').map(({ message }) => message);
};

describe.each(['postgresql', 'redis'])('a worker on %s', (kind) => {
  it('stays within Node’s limit of listeners, with jobs in all queues and twenty concurrent mails', async () => {
    const database = await createTestDatabase();
    const redis = kind === 'redis' ? await startRedis() : null;
    const smtp = await startSmtp();
    const worker = await startWorker({
      databaseUrl: database.url,
      redis: redis && { url: redis.url },
      smtpUrl: smtp.url,
      workerConcurrency: 20,
    });
    smtp.fault = { at: 'rcpt', action: 'hang' };
    await registerMany(await people(40), await aCompetition({ capacity: 40 }));
    await enqueue('notify', { registrationId: UNKNOWN_ID, startDate: new Date().toISOString() });
    await enqueue('line-closed', { competitionId: UNKNOWN_ID });
    await enqueue('new-sign-in', { sessionId: UNKNOWN_ID });
    await enqueue('reminders', { slot: new Date().toISOString() });
    await eventually(
      async () => smtp.commands.rcpt,
      (mails) => mails === 20,
    );
    smtp.fault = null;
    smtp.release();
    await allJobsSettled();
    await worker.close();
    await smtp.close();
    await redis?.stop();
    await database.drop();
    expect(await leaks()).toEqual([]);
  });
});

describe('an unavailable queue', () => {
  it('does not add a listener per attempt to use it', async () => {
    const backend = new PostgresBackend('postgresql://nobody@127.0.0.1:1/nothing', 5);
    for (let tries = 0; tries < 20; tries++)
      await expect(backend.queue('mail').getJobCounts('waiting')).rejects.toThrow();
    await backend.close();
    expect(await leaks()).toEqual([]);
  });

  it('is waited for once, however many readiness checks run', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const backend = new RedisBackend({ url: `redis://127.0.0.1:${port}` });
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => backend.prepare()));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await backend.close();
    silent.close();
    expect(await leaks()).toEqual([]);
  });
});
