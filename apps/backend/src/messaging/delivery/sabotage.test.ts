import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, aPerson, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants, runJob } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';

/** Each protection against duplicate messages, and its sabotage: a test that cannot fail proves nothing. */
describe('a message', () => {
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    smtp = await startSmtp();
  });
  beforeEach(async () => {
    database = await createTestDatabase();
    smtp.fault = null;
    smtp.received.length = 0;
    worker = await startWorker({ databaseUrl: database.url, smtpUrl: `${smtp.url}?socketTimeout=700` });
  });
  afterEach(async () => {
    await worker.close();
    await database.drop();
  });
  afterAll(() => smtp.close());

  const trigger = (table: string, when: string, body: string) =>
    rows(`
      CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$;
      CREATE TRIGGER sabotage BEFORE ${when} ON ${table} FOR EACH ROW EXECUTE FUNCTION sabotage()`);
  const NEVER_SETTLED = 'NEW.settled_at := NULL;';
  const confirmAgain = async (times: number) => {
    const [registrationId = ''] = await registerMany([await aPerson()], await aCompetition());
    await eventually(messages, (found) => found.length > 0);
    const [job] = await rows<{ id: string }>(`SELECT id FROM outbox WHERE job = 'confirmation'`);
    for (let i = 0; i < times; i++) await runJob(worker.app, 'confirmation', job!.id, { registrationId });
  };
  const sendAgain = async () => {
    await registerMany([await aPerson()], await aCompetition());
    await eventually(
      () => smtp.received.length,
      (n) => n === 1,
    );
    const [job] = await rows<{ id: string; payload: { messageId: string } }>(
      `SELECT id, payload FROM outbox WHERE job = 'send'`,
    );
    await eventually(
      () => messages(),
      ([message]) => message?.delivery === 'SENT' || message?.delivery === 'QUEUED',
    );
    await runJob(worker.app, 'send', job!.id, job!.payload);
  };

  it('JB-05: is written once, however often its job runs', async () => {
    await confirmAgain(3);
    expect(await messages()).toHaveLength(1);
  });

  it('is written once by its unique key alone, when its job cannot be settled', async () => {
    await trigger('outbox', 'UPDATE', NEVER_SETTLED);
    await confirmAgain(3);
    expect(await messages()).toHaveLength(1);
  });

  it('sabotage of JB-05: without settling and without the unique key it is written several times', async () => {
    await trigger('outbox', 'UPDATE', NEVER_SETTLED);
    await rows(`
      CREATE FUNCTION any_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := gen_random_uuid(); RETURN NEW; END $$;
      CREATE TRIGGER any_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION any_occurrence()`);
    await confirmAgain(3);
    expect((await messages()).length).toBeGreaterThan(1);
  });

  it('is sent once, however often its job runs', async () => {
    await sendAgain();
    expect(smtp.received).toHaveLength(1);
  });

  it('sabotage of JB-08: without its delivery status it is sent again', async () => {
    await trigger('mailbox_messages', 'UPDATE', `NEW.delivery := 'QUEUED';`);
    await sendAgain();
    expect(smtp.received.length).toBeGreaterThan(1);
  });

  it('JB-11: a timeout before the body is retried, and after the body the delivery is unknown', async () => {
    const slow = await aPerson();
    smtp.fault = { at: 'rcpt', action: 'hang', times: 1, to: slow.email };
    const startedAt = Date.now();
    await registerMany([slow], await aCompetition());
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    await allJobsSettled();
    expect(smtp.received).toHaveLength(1);
    smtp.release();

    const silent = await aPerson();
    smtp.fault = { at: 'dot', action: 'accept-and-hang', times: 1, to: silent.email };
    await registerMany([silent], await aCompetition());
    await allJobsSettled();
    expect((await messages(`user_id = '${silent.id}'`))[0]?.delivery).toBe('UNKNOWN');
    expect(smtp.received.filter(({ to }) => to === silent.email)).toHaveLength(1);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
    expect(await brokenJobInvariants()).toEqual([]);
    smtp.release();
  });
});
