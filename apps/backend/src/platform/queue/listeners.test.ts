import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/database.js';
import { aCompetition, people } from '../../../test/factories.js';
import { enqueue } from '../../../test/handlers.js';
import { allSettled, enter, eventually } from '../../../test/jobs.js';
import { startRedis } from '../../../test/redis.js';
import { startSmtp } from '../../../test/smtp.js';
import { startWorker } from '../../../test/worker.js';
import { PostgresBackend } from './postgres-backend.js';
import { RedisBackend } from './redis-backend.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

const warnings: Error[] = [];
const note = (warning: Error) => warnings.push(warning);
beforeEach(() => {
  warnings.length = 0;
  process.on('warning', note);
});
afterEach(() => {
  process.off('warning', note);
});

/** Node says a turn later that something has more listeners than it expects. */
const leaks = async (): Promise<string[]> => {
  await new Promise((resolve) => setImmediate(resolve));
  return warnings.filter(({ name }) => name === 'MaxListenersExceededWarning').map(({ message }) => message);
};

describe.each(['postgresql', 'redis'])('a worker on %s', (kind) => {
  it('adds no more listeners than Node expects, with jobs in all queues and twenty mails at a time', async () => {
    const database = await createTestDatabase();
    const redis = kind === 'redis' ? await startRedis() : null;
    const smtp = await startSmtp();
    const worker = await startWorker({
      databaseUrl: database.url,
      redis: redis && { url: redis.url },
      smtpUrl: smtp.url,
      workerConcurrency: 20,
    });
    smtp.trouble = { at: 'rcpt', does: 'hang' };
    await enter(await people(40), await aCompetition({ capacity: 40 }));
    await enqueue('notify', { registrationId: NOBODY, startDate: new Date().toISOString() });
    await enqueue('line-closed', { competitionId: NOBODY });
    await enqueue('new-sign-in', { sessionId: NOBODY });
    await enqueue('reminders', { slot: new Date().toISOString() });
    await eventually(
      async () => smtp.asked.rcpt,
      (mails) => mails === 20,
    );
    smtp.trouble = null;
    smtp.release();
    await allSettled();
    await worker.close();
    await smtp.close();
    await redis?.close();
    await database.drop();
    expect(await leaks()).toEqual([]);
  });
});

describe('a queue that is away', () => {
  it('leaves no listener behind for each time that somebody tries to use it', async () => {
    const backend = new PostgresBackend('postgresql://nobody@127.0.0.1:1/nothing', 5);
    for (let tries = 0; tries < 20; tries++)
      await expect(backend.queue('mail').getJobCounts('waiting')).rejects.toThrow();
    await backend.close();
    expect(await leaks()).toEqual([]);
  });

  it('is waited for once, however many ask whether it is there', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const backend = new RedisBackend({ url: `redis://127.0.0.1:${port}` });
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => backend.prepare()));
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    await backend.close();
    silent.close();
    expect(await leaks()).toEqual([]);
  });
});
