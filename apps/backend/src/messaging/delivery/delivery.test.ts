import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TEST_SECRET } from '../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, aPerson, inHours, type Person, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants, countUnsettled, enqueue, runJob } from '../../../test/support/jobs.js';
import { aTeam, endMembership, registerTeam } from '../../../test/support/named-teams.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { startWorker } from '../../../test/support/worker.js';
import { verifyLeaveToken } from '../templates/leave-link.js';

describe('mail delivery', () => {
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    smtp = await startSmtp();
    worker = await startWorker({ databaseUrl: database.url, smtpUrl: smtp.url });
  });
  beforeEach(() => {
    smtp.fault = null;
    smtp.received.length = 0;
  });
  afterEach(async () => {
    expect(await brokenJobInvariants()).toEqual([]);
  });
  afterAll(async () => {
    await worker?.close();
    await smtp?.close();
    await database?.drop();
  });

  const mailTo = (email: string) => smtp.received.filter(({ to }) => to === email);
  const deliveryOf = async (userId: string) =>
    (await messages(`user_id = '${userId}'`)).map(({ delivery }) => delivery);

  it('sends the text of the mailbox message as plain text and HTML, with a calendar entry and a leave link', async () => {
    const person = await aPerson({ name: 'Åsa <b>Öst</b>' });
    const competition = await aCompetition({
      title: 'Winter & "Cup" <1>',
      startDate: inHours(30),
      location: 'Main; Hall',
    });
    const [registrationId] = await registerMany([person], competition);
    await allJobsSettled();
    const [received] = mailTo(person.email);
    const [message] = await messages(`user_id = '${person.id}'`);
    const mail = await PostalMime.parse(received!.raw);
    expect(mail.messageId).toBe(`<${message?.id}@minicompete.com>`);
    expect(mail.subject).toBe('You’re in: Winter & "Cup" <1>');
    expect(mail.to).toEqual([{ name: person.name, address: person.email }]);
    expect(mail.text).toContain(`Hello ${person.name},`);
    expect(mail.html).toContain('Åsa &lt;b&gt;Öst&lt;/b&gt;');
    expect(mail.html).not.toMatch(/<b>|<1>/);
    expect(mail.html).toContain('prefers-color-scheme: dark');
    for (const body of [mail.text, mail.html]) {
      const token = /http:\/\/localhost:3000\/leave\?token=([\w.-]+)/.exec(body ?? '')?.[1];
      expect(verifyLeaveToken(TEST_SECRET, token ?? '')).toEqual({ registrationId, userId: null });
    }
    const calendar = mail.attachments.find(({ filename }) => filename === 'competition.ics');
    expect(calendar?.mimeType).toBe('text/calendar');
    expect(new TextDecoder().decode(calendar?.content as ArrayBuffer)).toContain('LOCATION:Main\\; Hall');
    expect(message).toMatchObject({ delivery: 'SENT', kind: 'CONFIRMED' });
  });

  it('TM-22: sends each member of a team a leave link of their own, and asks only the captain to confirm', async () => {
    const competition = await aTeamCompetition({ confirmWithinSeconds: 36_000, admissionMode: 'APPROVAL' });
    const [captain, member] = (await people(2)) as [Person, Person];
    const registrationId = await registerTeam(await aTeam(competition, [captain, member]));
    await allJobsSettled();
    await rows(
      `SELECT d.verdict FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c,
              LATERAL decide_v1(c.id, ARRAY[$2::uuid], ARRAY['ACCEPT'], ARRAY[NULL::text], $3) d`,
      [competition.id, registrationId, captain.id],
    );
    await rows('NOTIFY outbox');
    await allJobsSettled();
    for (const person of [captain, member]) {
      const mail = await PostalMime.parse(mailTo(person.email).at(-1)!.raw);
      const token = /\/leave\?token=([\w.-]+)/.exec(mail.text ?? '')?.[1];
      expect(verifyLeaveToken(TEST_SECRET, token ?? '')).toEqual({ registrationId, userId: person.id });
      expect(mail.text?.includes('Confirm your seat:')).toBe(person === captain);
    }
  });

  it('TM-22: tells a new captain by mail, also when another message follows at once', async () => {
    const competition = await aTeamCompetition();
    const [captain, next, other] = (await people(3)) as [Person, Person, Person];
    const team = await aTeam(competition, [captain, next, other], { name: 'Owls' });
    await smtp.stop();
    await endMembership(team, captain, 'LEFT');
    await eventually(
      async () => (await countUnsettled('team-left')) + (await countUnsettled('team-captain')),
      (n) => n === 0,
    );
    await registerTeam({ ...team, captain: next });
    await eventually(
      () => countUnsettled('confirmation'),
      (n) => n === 0,
    );
    await smtp.start();
    await allJobsSettled();
    const subjectsTo = async ({ email }: Person) =>
      (await Promise.all(mailTo(email).map(({ raw }) => PostalMime.parse(raw)))).map(({ subject }) => subject);
    expect(await subjectsTo(next)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the captain of Owls now'),
        expect.stringContaining('Owls is in'),
      ]),
    );
    expect(await subjectsTo(other)).toEqual([expect.stringContaining('Owls is in')]);
  });

  it('JB-09: sends a mail at the third attempt after two 4xx responses', async () => {
    const person = await aPerson();
    smtp.fault = { at: 'rcpt', action: 'reject', code: 451, times: 2, to: person.email };
    await registerMany([person], await aCompetition());
    await allJobsSettled();
    expect(mailTo(person.email)).toHaveLength(1);
    expect(await deliveryOf(person.id)).toEqual(['SENT']);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
  });

  it('JB-10: fails at once after a 5xx response, before or after the body', async () => {
    for (const at of ['rcpt', 'dot'] as const) {
      const person = await aPerson();
      smtp.fault = { at, action: 'reject', code: 550, to: person.email };
      const rcptBefore = smtp.commands.rcpt;
      await registerMany([person], await aCompetition());
      await allJobsSettled();
      expect(await deliveryOf(person.id)).toEqual(['FAILED']);
      expect(smtp.commands.rcpt - rcptBefore).toBe(1);
      const failed = await rows<{ error: string; permanent: boolean; attempts: number }>(
        'DELETE FROM failed_jobs RETURNING error, permanent, attempts',
      );
      expect(failed).toMatchObject([{ permanent: true, attempts: 1 }]);
      expect(failed[0]?.error).toContain('550');
      await rows(`UPDATE mailbox_messages SET delivery = 'MAILBOX' WHERE delivery = 'FAILED'`);
    }
  });

  it('JB-12: a mail that always fails does not affect the other 99', async () => {
    const persons = await people(100);
    smtp.fault = { at: 'rcpt', action: 'reject', code: 451, to: persons[50]!.email };
    await registerMany(persons, await aCompetition({ capacity: 100 }));
    await allJobsSettled();
    expect(smtp.received).toHaveLength(99);
    expect(await rows('DELETE FROM failed_jobs RETURNING attempts, permanent')).toEqual([
      { attempts: 3, permanent: false },
    ]);
    expect(await deliveryOf(persons[50]!.id)).toEqual(['FAILED']);
  });

  it('retries when the server hangs up before the body, and reports the delivery as unknown when it does so after it', async () => {
    const [before, after] = (await people(2)) as [
      Awaited<ReturnType<typeof aPerson>>,
      Awaited<ReturnType<typeof aPerson>>,
    ];
    const competition = await aCompetition();
    smtp.fault = { at: 'rcpt', action: 'disconnect', times: 1, to: before.email };
    await registerMany([before], competition);
    await allJobsSettled();
    expect(mailTo(before.email)).toHaveLength(1);
    expect(await deliveryOf(before.id)).toEqual(['SENT']);

    smtp.fault = { at: 'dot', action: 'disconnect', times: 1, to: after.email };
    await registerMany([after], competition);
    await allJobsSettled();
    expect(mailTo(after.email)).toHaveLength(1);
    expect(await deliveryOf(after.id)).toEqual(['UNKNOWN']);
  });

  it('JB-22: waits while the mail server is down, spends no attempt, and then sends each mail once', async () => {
    const persons = await people(200);
    await smtp.stop();
    await registerMany(persons, await aCompetition({ capacity: 200 }));
    await eventually(
      () => countUnsettled('confirmation'),
      (n) => n === 0,
    );
    const [pause] = await eventually(
      () => rows<{ reason: string }>(`SELECT reason FROM queue_rests WHERE queue = 'mail'`),
      (found) => found.length > 0,
    );
    expect(pause?.reason).toMatch(/mail server cannot be reached/);
    await smtp.start();
    await allJobsSettled();
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(200);
    expect(smtp.received).toHaveLength(200);
    expect(await rows('SELECT id FROM failed_jobs')).toEqual([]);
  });

  it('S12: a mail is not sent when a later message says something else; one about a new place is sent beside it', async () => {
    const [left, told] = (await people(2)) as [Person, Person];
    const competition = await aCompetition();
    await smtp.stop();
    const [registrationId = ''] = await registerMany([left, told], competition);
    await eventually(
      () => countUnsettled('confirmation'),
      (n) => n === 0,
    );
    await rows(`SELECT end_registrations_v1(ARRAY[$1]::uuid[], 'LEFT', NULL, NULL)`, [registrationId]);
    await enqueue('changed', { competitionId: competition.id, version: 2, what: ['place'] });
    await eventually(
      async () => (await countUnsettled('left')) + (await countUnsettled('changed')),
      (n) => n === 0,
    );
    await smtp.start();
    await allJobsSettled();
    expect(mailTo(left.email)).toHaveLength(1);
    expect(await deliveryOf(left.id)).toEqual(['MAILBOX', 'SENT']);
    expect(mailTo(told.email)).toHaveLength(2);
    expect(await rows('SELECT job FROM outbox WHERE outdated')).toEqual([{ job: 'send' }]);
  });

  it('JB-08: a mail whose worker died while it sent the body becomes UNKNOWN and is not resent', async () => {
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
      // Settled already when the scheduled run of this minute came first.
      () =>
        rows(
          `SELECT id FROM outbox WHERE payload->>'messageId' = $1 AND (handed_at IS NOT NULL OR settled_at IS NOT NULL)`,
          [message!.id],
        ),
      (found) => found.length === 1,
    );
    await runJob(worker.app, 'lost-senders', message!.id, { slot: new Date().toISOString() });
    await allJobsSettled();
    expect(await deliveryOf(person.id)).toEqual(['UNKNOWN']);
    expect(mailTo(person.email)).toEqual([]);
    await rows('DELETE FROM mailbox_messages WHERE id = $1', [message!.id]);
  });
});
