import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../../test/database.js';
import { aCompetition, people } from '../../../test/factories.js';
import { allSettled, enter, messages, rows, unsettled } from '../../../test/jobs.js';
import { startWorker } from '../../../test/worker.js';
import { JOBS_PER_INTERVAL, LoadThrottle } from './load-throttle.js';

const begunOf = (courtesy: LoadThrottle, jobs: number) => {
  const counted = { begun: 0 };
  for (let i = 0; i < jobs; i++) void courtesy.waitForTurn().then(() => counted.begun++);
  return counted;
};

describe('a worker', () => {
  it('begins each job at once in ordinary times', async () => {
    const counted = begunOf(new LoadThrottle(), 1_000);
    await pause(0);
    expect(counted.begun).toBe(1_000);
  });

  it('begins a few at a time during a rush, and all of them after it', async () => {
    const courtesy = new LoadThrottle();
    courtesy.reportHighLoad();
    const counted = begunOf(courtesy, 200);
    await pause(0);
    expect(counted.begun).toBe(JOBS_PER_INTERVAL);
    await courtesy.nextInterval();
    await pause(0);
    expect(counted.begun).toBe(2 * JOBS_PER_INTERVAL);
    await expect.poll(() => counted.begun, { timeout: 10_000 }).toBe(200);
    expect(courtesy.isActive).toBe(false);
  });

  it('hears of a rush by the bell of the outbox: messages go on slowly, and none is lost', async () => {
    const database = await createTestDatabase();
    const worker = await startWorker({ databaseUrl: database.url });
    const bell = setInterval(() => void rows(`SELECT pg_notify('outbox', 'rush')`), 100);
    try {
      await pause(500);
      await enter(await people(300), await aCompetition({ capacity: 300 }));
      await pause(1_000);
      expect(await unsettled('confirmation')).toBeGreaterThan(300 - 10 * JOBS_PER_INTERVAL);
    } finally {
      clearInterval(bell);
    }
    await allSettled();
    expect(await messages(`kind = 'CONFIRMED'`)).toHaveLength(300);
    await worker.close();
    await database.drop();
  });
});
