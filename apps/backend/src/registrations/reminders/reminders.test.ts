import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testEnv } from '../../../test/app.js';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, aPerson, inHours, people } from '../../../test/factories.js';
import { enqueue, runJob } from '../../../test/handlers.js';
import { allSettled, enter, messages, rows } from '../../../test/jobs.js';
import { NEVER, startWorker } from '../../../test/worker.js';
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

  const look = async () => {
    await enqueue('reminders', { slot: new Date(++slot * 1_000).toISOString() });
    await allSettled();
  };
  const reminders = () => messages(`kind = 'REMINDER'`);
  const tickers = (n: number, now: Date) =>
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
  /** Of the last hours: the worker of these tests has a slot of its own, on a 29th of February. */
  const runsOf = (name: string) =>
    rows(`SELECT slot FROM scheduled_runs WHERE name = $1 AND slot > now() - interval '1 day'`, [name]);

  it('go to the seated of what starts within a day, once, and to nobody else', async () => {
    const soon = await aCompetition({ startDate: inHours(23), capacity: 2 });
    await enter(await people(2), soon);
    await enter(await people(1), soon, { join: true });
    await enter(await people(1), await aCompetition({ startDate: inHours(25) }));
    await look();
    await look();
    expect(await reminders()).toHaveLength(2);
  });

  it('go to those as well who register after the first run, and for the new date when it moves', async () => {
    const competition = await aCompetition({ startDate: inHours(20) });
    await enter(await people(1), competition);
    await look();
    await enter(await people(1), competition);
    await look();
    expect(await reminders()).toHaveLength(2);
    await rows('UPDATE competitions SET start_date = $2 WHERE id = $1', [competition.id, inHours(22)]);
    await look();
    await look();
    expect(await reminders()).toHaveLength(4);
  });

  it('of a date that has moved meanwhile are not sent', async () => {
    const [registrationId = ''] = await enter([await aPerson()], await aCompetition({ startDate: inHours(20) }));
    await enqueue('notify', { registrationId, startDate: inHours(19).toISOString() });
    await allSettled();
    expect(await reminders()).toEqual([]);
  });

  it('JB-15: the schedule on three servers, twice each, is one run, and each person is reminded once', async () => {
    await enter(await people(20), await aCompetition({ startDate: inHours(10), capacity: 20 }));
    const now = new Date();
    await Promise.all(tickers(3, now).flatMap((ticker) => [ticker.tick(), ticker.tick()]));
    expect(await runsOf('reminders')).toHaveLength(1);
    // And even if each of them ran it: the look itself is made to be repeated, at once and later.
    await Promise.all([look(), look(), look()]);
    expect(await reminders()).toHaveLength(20);
  });

  it('sabotage of JB-15: without the key of a run it runs on each server', async () => {
    await rows('ALTER TABLE scheduled_runs DROP CONSTRAINT scheduled_runs_pkey');
    await Promise.all(tickers(3, new Date()).map((ticker) => ticker.tick()));
    expect((await runsOf('reminders')).length).toBeGreaterThan(1);
    await rows('TRUNCATE scheduled_runs');
    await rows('ALTER TABLE scheduled_runs ADD CONSTRAINT scheduled_runs_pkey PRIMARY KEY (name, slot)');
  });

  it('sabotage of JB-15: without the derived id and the key of a message, looking twice reminds twice', async () => {
    await rows(`
      CREATE FUNCTION any_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := gen_random_uuid(); RETURN NEW; END $$`);
    await rows(
      `CREATE TRIGGER any_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION any_occurrence()`,
    );
    await enter(await people(1), await aCompetition({ startDate: inHours(10) }));
    await look();
    await rows(`DELETE FROM outbox`);
    await look();
    expect((await reminders()).length).toBeGreaterThan(1);
    await rows('DROP TRIGGER any_occurrence ON mailbox_messages');
  });

  it('JB-16: what nobody ran while all were down is caught up, once', async () => {
    await enter(await people(3), await aCompetition({ startDate: inHours(10) }));
    await rows(
      `INSERT INTO scheduled_runs (name, slot, finished_at) VALUES ('reminders', now() - interval '3 hours', now())`,
    );
    const [ticker] = tickers(1, new Date());
    await ticker?.tick();
    await ticker?.tick();
    await allSettled();
    expect(await runsOf('reminders')).toHaveLength(2);
    expect(await reminders()).toHaveLength(3);
  });

  it('are done or failed in the row of their run', async () => {
    const at = '2026-01-01T00:00:00.000Z';
    await rows(`INSERT INTO scheduled_runs (name, slot) VALUES ('reminders', $1)`, [at]);
    await enqueue('reminders', { slot: at });
    await allSettled();
    expect(
      await rows('SELECT outcome, finished_at IS NOT NULL AS finished FROM scheduled_runs WHERE slot = $1', [at]),
    ).toEqual([{ outcome: '0 enqueued', finished: true }]);
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
