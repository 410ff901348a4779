import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/support/database.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, countUnsettled } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startWorker } from '../../../test/support/worker.js';
import { JOBS_PER_INTERVAL, LoadThrottle } from './load-throttle.js';

const countStarted = (throttle: LoadThrottle, jobs: number) => {
  const count = { started: 0 };
  for (let i = 0; i < jobs; i++) void throttle.waitForTurn().then(() => count.started++);
  return count;
};

describe('the load throttle of a worker', () => {
  it('starts each job at once without high load', async () => {
    const count = countStarted(new LoadThrottle(), 1_000);
    await pause(0);
    expect(count.started).toBe(1_000);
  });

  it('starts a few jobs per interval under high load, and all of them after it', async () => {
    const throttle = new LoadThrottle();
    throttle.reportHighLoad();
    const count = countStarted(throttle, 200);
    await pause(0);
    expect(count.started).toBe(JOBS_PER_INTERVAL);
    await throttle.nextInterval();
    await pause(0);
    expect(count.started).toBe(2 * JOBS_PER_INTERVAL);
    await expect.poll(() => count.started, { timeout: 10_000 }).toBe(200);
    expect(throttle.isActive).toBe(false);
  });

  it('learns of high load by NOTIFY: messages are sent slowly, and none is lost', async () => {
    const database = await createTestDatabase();
    const worker = await startWorker({ databaseUrl: database.url });
    const highLoad = setInterval(() => void rows(`SELECT pg_notify('outbox', 'rush')`), 100);
    try {
      await pause(500);
      await registerMany(await people(300), await aCompetition({ capacity: 300 }));
      await pause(1_000);
      expect(await countUnsettled('confirmation')).toBeGreaterThan(300 - 10 * JOBS_PER_INTERVAL);
    } finally {
      clearInterval(highLoad);
    }
    await allJobsSettled();
    expect(await messages(`kind = 'CONFIRMED'`)).toHaveLength(300);
    await worker.close();
    await database.drop();
  });
});
