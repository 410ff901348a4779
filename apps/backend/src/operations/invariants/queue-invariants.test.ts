import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, aPerson } from '../../../test/factories.js';
import { allSettled, broken, enter, rows } from '../../../test/jobs.js';
import { startWorker } from '../../../test/worker.js';

/** An invariant that cannot see the damage proves nothing: each kind of damage is done once. */
describe('the invariants of the queue see', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    const worker = await startWorker({ databaseUrl: database.url });
    await enter([await aPerson()], await aCompetition());
    await allSettled();
    await worker.close();
  });
  beforeEach(async () => {
    expect(await broken()).toEqual([]);
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

  const damage: [says: string, sql: string, ids: string[]][] = [
    ['a message that is gone', 'DELETE FROM mailbox_messages', ['I7', 'I8']],
    ['a message that nobody will send', `UPDATE mailbox_messages SET delivery = 'QUEUED'`, ['I6']],
    ['a message sent without having begun', `UPDATE mailbox_messages SET delivery = 'SENT'`, ['I6']],
    ['a seat told of and not confirmed', `UPDATE registrations SET status = 'PENDING'`, ['I7']],
    [
      'a job that is dead and pending at once',
      `WITH pending AS (UPDATE outbox SET settled_at = NULL RETURNING id)
       INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts) SELECT id, '', '', '{}', '', 3 FROM pending`,
      ['I8'],
    ],
  ];

  it.each(damage)('%s', async (_, sql, ids) => {
    await rows(sql);
    expect(new Set((await broken()).map((violation) => violation.slice(0, 2)))).toEqual(new Set(ids));
    await rows('UPDATE outbox SET settled_at = now()');
  });

  it('two messages where there may be one', async () => {
    await rows('DROP INDEX one_message_per_occurrence');
    await rows(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text) SELECT user_id, kind, about_id, title, text FROM kept`,
    );
    expect(await broken()).toEqual(['I6 one mailbox row per recipient, kind, subject and occurrence: 1 rows']);
  });
});
