import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { rows } from '../../../test/support/queries.js';
import { startWorker } from '../../../test/support/worker.js';

/** An invariant that misses a violation proves nothing, so each violation is written once. */
describe('the invariants about jobs and messages report', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const worker = await startWorker({ databaseUrl: database.url });
    await registerMany([await aPerson()], await aCompetition());
    await allJobsSettled();
    await worker.close();
  });
  beforeEach(async () => {
    expect(await brokenJobInvariants()).toEqual([]);
    await rows('CREATE TABLE kept AS SELECT * FROM mailbox_messages');
  });
  afterEach(async () => {
    await rows('DELETE FROM mailbox_messages');
    await rows('INSERT INTO mailbox_messages SELECT * FROM kept');
    await rows('DROP TABLE kept');
    await rows(`UPDATE registrations SET status = 'CONFIRMED'`);
    await rows('DELETE FROM failed_jobs');
  });
  afterAll(() => database.drop());

  const damages: [name: string, sql: string, ids: string[]][] = [
    ['a deleted message', 'DELETE FROM mailbox_messages', ['I7', 'I8']],
    ['a queued message without a job', `UPDATE mailbox_messages SET delivery = 'QUEUED'`, ['I6']],
    ['a sent message without a time at which sending began', `UPDATE mailbox_messages SET delivery = 'SENT'`, ['I6']],
    ['a pending registration whose person has a confirmation', `UPDATE registrations SET status = 'PENDING'`, ['I7']],
    [
      'a job that is dead and pending at the same time',
      `WITH pending AS (UPDATE outbox SET settled_at = NULL RETURNING id)
       INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts) SELECT id, '', '', '{}', '', 3 FROM pending`,
      ['I8'],
    ],
  ];

  it.each(damages)('%s', async (_, sql, ids) => {
    await rows(sql);
    expect(new Set((await brokenJobInvariants()).map((violation) => violation.slice(0, 2)))).toEqual(new Set(ids));
    await rows('UPDATE outbox SET settled_at = now()');
  });

  it('a duplicate message', async () => {
    await rows('DROP INDEX one_message_per_occurrence');
    await rows(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text) SELECT user_id, kind, about_id, title, text FROM kept`,
    );
    expect(await brokenJobInvariants()).toEqual([
      'I6 one mailbox row per recipient, kind, subject and occurrence: 1 rows',
    ]);
  });
});
