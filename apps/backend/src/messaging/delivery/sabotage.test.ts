import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, aPerson } from '../../../test/factories.js';
import { runJob } from '../../../test/handlers.js';
import { allSettled, broken, enter, eventually, messages, rows } from '../../../test/jobs.js';
import { startSmtp, type TestSmtp } from '../../../test/smtp.js';
import { startWorker } from '../../../test/worker.js';

/** Each protection of a message, and the same with the protection taken away: what cannot fail proves nothing. */
describe('a message', () => {
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    smtp = await startSmtp();
  });
  beforeEach(async () => {
    database = await createTestDatabase();
    smtp.trouble = null;
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
    const [registrationId = ''] = await enter([await aPerson()], await aCompetition());
    await eventually(messages, (found) => found.length > 0);
    const [job] = await rows<{ id: string }>(`SELECT id FROM outbox WHERE job = 'confirmation'`);
    for (let i = 0; i < times; i++) await runJob(worker.app, 'confirmation', job!.id, { registrationId });
  };
  const sendAgain = async () => {
    await enter([await aPerson()], await aCompetition());
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

  it('JB-05: is one, however often its job runs', async () => {
    await confirmAgain(3);
    expect(await messages()).toHaveLength(1);
  });

  it('is one by its key alone too, when its job cannot be settled', async () => {
    await trigger('outbox', 'UPDATE', NEVER_SETTLED);
    await confirmAgain(3);
    expect(await messages()).toHaveLength(1);
  });

  it('sabotage of JB-05: without settling and without its key it is many', async () => {
    await trigger('outbox', 'UPDATE', NEVER_SETTLED);
    await rows(`
      CREATE FUNCTION any_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := gen_random_uuid(); RETURN NEW; END $$;
      CREATE TRIGGER any_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION any_occurrence()`);
    await confirmAgain(3);
    expect((await messages()).length).toBeGreaterThan(1);
  });

  it('goes out once, however often it is told to', async () => {
    await sendAgain();
    expect(smtp.received).toHaveLength(1);
  });

  it('sabotage of JB-08: without its state it goes out again', async () => {
    await trigger('mailbox_messages', 'UPDATE', `NEW.delivery := 'QUEUED';`);
    await sendAgain();
    expect(smtp.received.length).toBeGreaterThan(1);
  });

  it('JB-11: a server too slow to answer is tried again before the body, and after it the message is unknown', async () => {
    const slow = await aPerson();
    smtp.trouble = { at: 'rcpt', does: 'hang', times: 1, to: slow.email };
    const began = Date.now();
    await enter([slow], await aCompetition());
    expect(Date.now() - began).toBeLessThan(1_000);
    await allSettled();
    expect(smtp.received).toHaveLength(1);
    smtp.release();

    const mute = await aPerson();
    smtp.trouble = { at: 'dot', does: 'take-and-hang', times: 1, to: mute.email };
    await enter([mute], await aCompetition());
    await allSettled();
    expect((await messages(`user_id = '${mute.id}'`))[0]?.delivery).toBe('UNKNOWN');
    expect(smtp.received.filter(({ to }) => to === mute.email)).toHaveLength(1);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
    expect(await broken()).toEqual([]);
    smtp.release();
  });
});
