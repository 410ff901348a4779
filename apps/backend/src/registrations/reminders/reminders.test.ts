import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testEnv } from '../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, inHours, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, enqueue, runJob } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { Scheduler } from '../../platform/scheduler/scheduler.js';

describe('reminders', () => {
  let database: TestDatabase;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let slot = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    await rows('TRUNCATE users, competitions, outbox, scheduled_runs, mailbox_messages CASCADE');
    worker = await startWorker({ databaseUrl: database.url, cronReminderSchedule: NEVER });
  });
  afterEach(() => worker?.close());
  afterAll(() => database?.drop());

  const remind = async () => {
    // Nobody is reminded before the confirmation.
    await allJobsSettled();
    await enqueue('reminders', { slot: new Date(++slot * 1_000).toISOString() });
    await allJobsSettled();
  };
  const reminders = () => messages(`kind = 'REMINDER'`);
  const schedulers = (n: number, now: Date) =>
    Array.from(
      { length: n },
      () =>
        new Scheduler(
          { ...testEnv({ databaseUrl: database.url }), cronCleanupSchedule: NEVER },
          { now: () => now },
          worker.app.get(PrismaService),
          worker.app.get(Outbox, { strict: false }),
        ),
    );
  /** Of the last day: the worker of these tests has a slot of its own, on a February 29. */
  const runsOf = (name: string) =>
    rows(`SELECT slot FROM scheduled_runs WHERE name = $1 AND slot > now() - interval '1 day'`, [name]);

  it('go to seated people of competitions that start within a day, once, and to nobody else', async () => {
    const soon = await aCompetition({ startDate: inHours(23), capacity: 2 });
    await registerMany(await people(2), soon);
    await registerMany(await people(1), soon, { join: true });
    await registerMany(await people(1), await aCompetition({ startDate: inHours(25) }));
    await remind();
    await remind();
    expect(await reminders()).toHaveLength(2);
  });

  it('go to people who register after the first run, and again for a new date', async () => {
    const competition = await aCompetition({ startDate: inHours(20) });
    await registerMany(await people(1), competition);
    await remind();
    await registerMany(await people(1), competition);
    await remind();
    expect(await reminders()).toHaveLength(2);
    await rows('UPDATE competitions SET start_date = $2 WHERE id = $1', [competition.id, inHours(22)]);
    await remind();
    await remind();
    expect(await reminders()).toHaveLength(4);
  });

  it('are not sent for a date that has changed', async () => {
    const [registrationId = ''] = await registerMany([await aPerson()], await aCompetition({ startDate: inHours(20) }));
    const startDate = inHours(19).toISOString();
    await enqueue('notify', { registrationId, startDate });
    await allJobsSettled();
    // The scheduled run of the worker's start may have sent the one of the right date.
    expect((await reminders()).filter(({ occurrence }) => occurrence === startDate)).toEqual([]);
  });

  it('JB-15: the schedule on three servers, twice each, starts one run, and each person gets one reminder', async () => {
    await registerMany(await people(20), await aCompetition({ startDate: inHours(10), capacity: 20 }));
    await allJobsSettled();
    const now = new Date();
    await Promise.all(schedulers(3, now).flatMap((scheduler) => [scheduler.enqueueDue(), scheduler.enqueueDue()]));
    expect(await runsOf('reminders')).toHaveLength(1);
    // The job itself is idempotent, too.
    await Promise.all([remind(), remind(), remind()]);
    expect(await reminders()).toHaveLength(20);
  });

  it('sabotage of JB-15: without the primary key of runs, each server starts one', async () => {
    await rows('ALTER TABLE scheduled_runs DROP CONSTRAINT scheduled_runs_pkey');
    await Promise.all(schedulers(3, new Date()).map((scheduler) => scheduler.enqueueDue()));
    expect((await runsOf('reminders')).length).toBeGreaterThan(1);
    await rows('TRUNCATE scheduled_runs');
    await rows('ALTER TABLE scheduled_runs ADD CONSTRAINT scheduled_runs_pkey PRIMARY KEY (name, slot)');
  });

  it('sabotage of JB-15: without the derived job id and the unique key of a message, two runs send two reminders', async () => {
    await rows(`
      CREATE FUNCTION any_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := gen_random_uuid(); RETURN NEW; END $$`);
    await rows(
      `CREATE TRIGGER any_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION any_occurrence()`,
    );
    await registerMany(await people(1), await aCompetition({ startDate: inHours(10) }));
    await remind();
    await rows(`DELETE FROM outbox`);
    await remind();
    expect((await reminders()).length).toBeGreaterThan(1);
    await rows('DROP TRIGGER any_occurrence ON mailbox_messages');
  });

  it('JB-16: a run that was missed while all workers were down runs once afterwards', async () => {
    await registerMany(await people(3), await aCompetition({ startDate: inHours(10) }));
    await allJobsSettled();
    await rows(
      `INSERT INTO scheduled_runs (name, slot, finished_at) VALUES ('reminders', now() - interval '3 hours', now())`,
    );
    const [scheduler] = schedulers(1, new Date());
    await scheduler?.enqueueDue();
    await scheduler?.enqueueDue();
    await allJobsSettled();
    expect(await runsOf('reminders')).toHaveLength(2);
    expect(await reminders()).toHaveLength(3);
  });

  it('write the outcome into the row of their run', async () => {
    const at = '2026-01-01T00:00:00.000Z';
    await rows(`INSERT INTO scheduled_runs (name, slot) VALUES ('reminders', $1)`, [at]);
    await enqueue('reminders', { slot: at });
    await allJobsSettled();
    expect(
      await rows('SELECT outcome, finished_at IS NOT NULL AS finished FROM scheduled_runs WHERE slot = $1', [at]),
    ).toEqual([{ outcome: '{"text":"reminders","values":{"count":0}}', finished: true }]);
    await rows('ALTER TABLE mailbox_messages RENAME TO away');
    await expect(
      runJob(worker.app, 'reminders', at.replace(/.*/, '00000000-0000-0000-0000-000000000000'), { slot: at }),
    ).rejects.toThrow();
    await rows('ALTER TABLE away RENAME TO mailbox_messages');
    expect(await rows('SELECT outcome FROM scheduled_runs WHERE slot = $1', [at])).toMatchObject([
      { outcome: expect.stringMatching(/^failed: /) },
    ]);
  });
});
