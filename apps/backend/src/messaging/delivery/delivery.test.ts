import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_SECRET } from '../../../test/app.js';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, aPerson, inHours, people } from '../../../test/factories.js';
import { allSettled, broken, enter, eventually, messages, rows, unsettled } from '../../../test/jobs.js';
import { startSmtp, type TestSmtp } from '../../../test/smtp.js';
import { startWorker } from '../../../test/worker.js';
import { verifyLeaveToken } from '../templates/leave-link.js';
import { StaleDeliveryJobs } from './stale-deliveries.jobs.js';

describe('mail', () => {
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    smtp = await startSmtp();
    worker = await startWorker({ databaseUrl: database.url, smtpUrl: smtp.url });
  });
  beforeEach(() => {
    smtp.trouble = null;
    smtp.received.length = 0;
  });
  afterEach(async () => {
    expect(await broken()).toEqual([]);
  });
  afterAll(async () => {
    await worker?.close();
    await smtp?.close();
    await database?.drop();
  });

  const mailTo = (email: string) => smtp.received.filter(({ to }) => to === email);
  const deliveryOf = async (userId: string) =>
    (await messages(`user_id = '${userId}'`)).map(({ delivery }) => delivery);

  it('says what the mailbox says, as text and as HTML, with the date for the calendar and the way out', async () => {
    const person = await aPerson({ name: 'Åsa <b>Öst</b>' });
    const competition = await aCompetition({
      title: 'Winter & "Cup" <1>',
      startDate: inHours(30),
      location: 'Main; Hall',
    });
    const [registrationId] = await enter([person], competition);
    await allSettled();
    const [received] = mailTo(person.email);
    const [message] = await messages(`user_id = '${person.id}'`);
    const mail = await PostalMime.parse(received!.raw);
    expect(mail.messageId).toBe(`<${message?.id}@minicompete.com>`);
    expect(mail.subject).toBe('You are in: Winter & "Cup" <1>');
    expect(mail.to).toEqual([{ name: person.name, address: person.email }]);
    expect(mail.text).toContain(`Hello ${person.name},`);
    expect(mail.html).toContain('Åsa &lt;b&gt;Öst&lt;/b&gt;');
    expect(mail.html).not.toMatch(/<b>|<1>/);
    expect(mail.html).toContain('prefers-color-scheme: dark');
    for (const body of [mail.text, mail.html]) {
      const token = /http:\/\/localhost:3000\/leave\?token=([\w.-]+)/.exec(body ?? '')?.[1];
      expect(verifyLeaveToken(TEST_SECRET, token ?? '')).toBe(registrationId);
    }
    const [calendar] = mail.attachments;
    expect(calendar?.mimeType).toBe('text/calendar');
    expect(new TextDecoder().decode(calendar?.content as ArrayBuffer)).toContain('LOCATION:Main\\; Hall');
    expect(message).toMatchObject({ delivery: 'SENT', kind: 'CONFIRMED' });
  });

  it('JB-09: is sent at the third try when the server says "later" twice', async () => {
    const person = await aPerson();
    smtp.trouble = { at: 'rcpt', does: 'refuse', code: 451, times: 2, to: person.email };
    await enter([person], await aCompetition());
    await allSettled();
    expect(mailTo(person.email)).toHaveLength(1);
    expect(await deliveryOf(person.id)).toEqual(['SENT']);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
  });

  it('JB-10: is given up at once when the server says "never", before or after the body', async () => {
    for (const at of ['rcpt', 'dot'] as const) {
      const person = await aPerson();
      smtp.trouble = { at, does: 'refuse', code: 550, to: person.email };
      const began = smtp.asked.rcpt;
      await enter([person], await aCompetition());
      await allSettled();
      expect(await deliveryOf(person.id)).toEqual(['FAILED']);
      expect(smtp.asked.rcpt - began).toBe(1);
      const failed = await rows<{ error: string; permanent: boolean; attempts: number }>(
        'DELETE FROM failed_jobs RETURNING error, permanent, attempts',
      );
      expect(failed).toMatchObject([{ permanent: true, attempts: 1 }]);
      expect(failed[0]?.error).toContain('550');
      await rows(`UPDATE mailbox_messages SET delivery = 'MAILBOX' WHERE delivery = 'FAILED'`);
    }
  });

  it('JB-12: one that fails each time costs the other 99 nothing', async () => {
    const persons = await people(100);
    smtp.trouble = { at: 'rcpt', does: 'refuse', code: 451, to: persons[50]!.email };
    await enter(persons, await aCompetition({ capacity: 100 }));
    await allSettled();
    expect(smtp.received).toHaveLength(99);
    expect(await rows('DELETE FROM failed_jobs RETURNING attempts, permanent')).toEqual([
      { attempts: 3, permanent: false },
    ]);
    expect(await deliveryOf(persons[50]!.id)).toEqual(['FAILED']);
  });

  it('is tried again when the server hangs up before the body, and unknown when it does after it', async () => {
    const [before, after] = (await people(2)) as [
      Awaited<ReturnType<typeof aPerson>>,
      Awaited<ReturnType<typeof aPerson>>,
    ];
    const competition = await aCompetition();
    smtp.trouble = { at: 'rcpt', does: 'hang-up', times: 1, to: before.email };
    await enter([before], competition);
    await allSettled();
    expect(mailTo(before.email)).toHaveLength(1);
    expect(await deliveryOf(before.id)).toEqual(['SENT']);

    smtp.trouble = { at: 'dot', does: 'hang-up', times: 1, to: after.email };
    await enter([after], competition);
    await allSettled();
    expect(mailTo(after.email)).toHaveLength(1);
    expect(await deliveryOf(after.id)).toEqual(['UNKNOWN']);
  });

  it('JB-22: waits while the server is away, spends no attempt, and sends each once when it is back', async () => {
    const persons = await people(200);
    await smtp.stop();
    await enter(persons, await aCompetition({ capacity: 200 }));
    await eventually(
      () => unsettled('confirmation'),
      (n) => n === 0,
    );
    const [rest] = await eventually(
      () => rows<{ reason: string }>(`SELECT reason FROM queue_rests WHERE queue = 'mail'`),
      (found) => found.length > 0,
    );
    expect(rest?.reason).toMatch(/mail server cannot be reached/);
    await smtp.start();
    await allSettled();
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(200);
    expect(smtp.received).toHaveLength(200);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
  });

  it('JB-08: what a dead worker left in the middle of its body is unknown, and nobody sends it again', async () => {
    const person = await aPerson();
    const [message] = await rows<{ id: string }>(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, title, text, delivery, sending_at)
       VALUES ($1, 'LEFT', uuidv7(), 'T', 'T', 'SENDING', now() - interval '2 minutes') RETURNING id`,
      [person.id],
    );
    await rows(
      `INSERT INTO outbox (queue, job, payload) VALUES ('mail', 'send', jsonb_build_object('messageId', $1::uuid))`,
      [message!.id],
    );
    await rows(`NOTIFY outbox`);
    await eventually(
      () => rows(`SELECT id FROM outbox WHERE settled_at IS NULL AND handed_at IS NOT NULL`),
      (found) => found.length === 1,
    );
    const sweep = worker.app.get(StaleDeliveryJobs, { strict: false }).handlers[0]!;
    const run = {
      outboxId: message!.id,
      payload: { slot: new Date().toISOString() },
      starts: 1,
      stopping: AbortSignal.any([]),
    };
    await (sweep as { alone: (given: typeof run) => Promise<void> }).alone(run);
    await allSettled();
    expect(await deliveryOf(person.id)).toEqual(['UNKNOWN']);
    expect(mailTo(person.email)).toEqual([]);
    await rows(`DELETE FROM mailbox_messages WHERE kind = 'LEFT'`);
  });
});
