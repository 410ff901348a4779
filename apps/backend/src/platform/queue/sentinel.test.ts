import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Sentinels } from '../../../../../tools/src/testing/sentinels.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { rows } from '../../../test/support/queries.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { startSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';
import { RedisBackend } from './redis-backend.js';

/** A queue may be paused for a minute. */
const TIMEOUT_MS = 200_000;

describe('a queue on Redis with Sentinels', () => {
  let master: TestRedis;
  let replica: TestRedis;
  let sentinels: Sentinels;
  beforeEach(async () => {
    master = await startRedis();
    replica = await startRedis('--replicaof', '127.0.0.1', String(master.port));
    sentinels = await Sentinels.start(master);
    await eventually(
      () => replica.command('INFO', 'replication'),
      (info) => String(info).includes('master_link_status:up'),
    );
  });
  afterEach(async () => {
    await sentinels.stop();
    await replica.stop();
    await master.stop();
  });

  const target = () => ({ sentinels: sentinels.addresses, name: 'mymaster' });

  /** The replica has nothing of what the master confirms from now on. */
  const stopReplication = async () => {
    await replica.command('CONFIG', 'SET', 'masterauth', 'wrong');
    await master.command('CLIENT', 'KILL', 'TYPE', 'replica');
    await eventually(
      () => replica.command('INFO', 'replication'),
      (info) => String(info).includes('master_link_status:down'),
    );
  };

  it('HA-06: a failover that loses jobs added after the last count is recognized, also by a process that starts after it', async () => {
    const backend = new RedisBackend(target());
    await eventually(
      () =>
        backend.prepare().then(
          () => true,
          () => false,
        ),
      (isPrepared) => isPrepared,
    );
    expect(await backend.hasLostJobs()).toBe(true); // Redis was empty
    expect(await backend.hasLostJobs()).toBe(false);
    await eventually(
      () => replica.command('GET', 'mini-compete:beats'),
      (count) => count === '2',
    );
    await stopReplication();
    await backend.queue('mail').addBulk([{ name: 'send', data: {}, opts: { jobId: 'added-last' } }]);
    await master.kill();

    const later = new RedisBackend(target());
    const afterFailover = (asked: RedisBackend) =>
      eventually(
        () => asked.hasLostJobs().catch(() => null),
        (answer) => answer !== null,
        30_000,
      );
    expect(await afterFailover(later)).toBe(true);
    expect(await afterFailover(backend)).toBe(true);
    expect(await backend.queue('mail').getJobCounts('waiting')).toEqual({ waiting: 0 });
    expect(await backend.hasLostJobs()).toBe(false);
    await Promise.all([backend.close(), later.close()]);
  });

  it(
    'HA-05: a failover in the middle of 500 mails, which loses them all, delays them and loses none',
    async () => {
      const database: TestDatabase = await createTestDatabase();
      const smtp = await startSmtp();
      const worker = await startWorker({ databaseUrl: database.url, redis: target(), smtpUrl: smtp.url });
      smtp.fault = { at: 'greeting', action: 'hang' }; // the mails wait in Redis
      await stopReplication();
      await registerMany(await people(500), await aCompetition({ capacity: 500 }));
      await eventually(
        () => rows(`SELECT id FROM outbox WHERE job = 'send' AND handed_at IS NOT NULL`),
        (found) => found.length === 500,
      );
      await master.kill();
      smtp.fault = null;
      smtp.release();
      await allJobsSettled(TIMEOUT_MS);
      expect(smtp.received).toHaveLength(500);
      expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(500);
      expect(await brokenJobInvariants()).toEqual([]);
      await worker.close();
      await smtp.close();
      await database.drop();
    },
    2 * TIMEOUT_MS,
  );
});
