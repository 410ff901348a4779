import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { rows } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

const DATABASE_SERIES = /^mini_compete_(queue_depth|queue_age_seconds|invariant_\w+)[ {]/m;

describe('the metrics of the worker', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await rows(`INSERT INTO outbox (queue, job, payload, created_at, due_at)
                VALUES ('mail', 'send', '{}', now() - interval '1 hour', now() + interval '1 hour')`);
  });
  afterAll(() => database.drop());

  const scrape = async (app: NestFastifyApplication) => {
    const { statusCode, body } = await app.inject({ url: '/metrics' });
    return { status: statusCode, text: body };
  };

  it('R13: report depth and age of the queues, and the last check of the invariants', async () => {
    const worker = await startWorker({ databaseUrl: database.url, cronReminderSchedule: NEVER });
    await eventually(
      () => scrape(worker.app),
      ({ text }) => text.includes('mini_compete_invariant_breaches{'),
    );
    const { status, text } = await scrape(worker.app);
    await worker.close();
    expect(status).toBe(200);
    expect(text).toMatch(/^mini_compete_invariant_breaches\{invariant="never-oversold"\} 0$/m);
    expect(text).toMatch(/^mini_compete_queue_depth\{queue="mail"\} 1$/m);
    expect(text).toMatch(/^mini_compete_queue_age_seconds\{queue="mail"\} 36\d\d/m);
    expect(text).toMatch(/^mini_compete_invariant_violations\{id="I2"\} 0$/m);
  });

  it.each(['refuse', 'freeze'] as const)(
    'R13: leave out what only the database knows while it does not answer (%s), and come back',
    async (fault) => {
      const proxy = await FaultProxy.open(database.url);
      const worker = await startWorker({ databaseUrl: proxy.url, cronReminderSchedule: NEVER });
      proxy[fault]();
      const { status, text } = await scrape(worker.app);
      expect(status).toBe(200);
      expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
      expect(text).not.toMatch(DATABASE_SERIES);

      proxy.forward();
      expect((await scrape(worker.app)).text).toMatch(/^mini_compete_queue_depth\{queue="mail"\} 1$/m);
      await worker.close();
      await proxy.close();
    },
  );
});
