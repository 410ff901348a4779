import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { staffClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, employ, type Person } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { allJobsSettled, brokenJobInvariants, enqueue, runJob } from '../../../test/support/jobs.js';
import { rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
let staff: ReturnType<typeof staffClient>;
let owner: Person;
beforeAll(async () => {
  smtp = await startSmtp();
  const env = { frontendUrl: 'https://compete.example.org', smtpUrl: smtp.url };
  api = await startApi(env);
  worker = await startWorker({ ...env, databaseUrl: api.env.databaseUrl });
  staff = staffClient(api.url);
  owner = await anOrganizer();
});
afterAll(async () => {
  await worker?.close();
  await api?.close();
  await smtp?.close();
});

const mailboxOf = async (person: Person) => {
  await allJobsSettled();
  return (await get(api.url, '/api/mailbox', { token: person.token })).body.items;
};
const mailsTo = async (address: string) => {
  await allJobsSettled();
  return Promise.all(smtp.received.filter(({ to }) => to === address).map(({ raw }) => PostalMime.parse(raw)));
};

describe('messages about the staff', () => {
  it('an invited account gets a message and a mail, both leading to the page where it accepts', async () => {
    const [competition, person] = [await aCompetition({ organizer: owner, title: 'Night chess' }), await aPerson()];
    await rows(`UPDATE users SET language = 'de' WHERE id = $1`, [person.id]);
    const { body } = await staff.invite(owner, competition, { email: person.email, role: 'MANAGER' });
    const [message] = await mailboxOf(person);
    expect(message).toMatchObject({ kind: 'STAFF_INVITED', language: 'de', delivery: 'sent' });
    expect(message.text).toContain(`${owner.name} lädt dich ins Organisationsteam von Night chess ein.`);
    expect(`https://compete.example.org${message.path}`).toBe(body.link);
    const [mail] = await mailsTo(person.email);
    expect(mail?.text).toContain(body.link);
    expect(mail?.subject).toBe('Einladung ins Organisationsteam: Night chess');
  });

  it('an address without an account gets a mail in the language of the person who invites, and is in no table but the invitations', async () => {
    const [organizer, email] = [await anOrganizer(), 'nobody-yet@example.org'];
    await rows(`UPDATE users SET language = 'ar', name = 'Amal' WHERE id = $1`, [organizer.id]);
    const competition = await aCompetition({ organizer });
    const { body } = await staff.invite(organizer, competition, { email, role: 'SCANNER' });
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(body.link);
    expect(mails[0]?.text).toContain('مرحبًا،');
    expect(mails[0]?.html).toContain('dir="rtl"');
    expect(`${mails[0]?.text}${mails[0]?.html}`).not.toContain('/mailbox');
    for (const table of ['outbox', 'audit_entries', 'mailbox_messages', 'failed_jobs']) {
      const found = await rows(`SELECT FROM ${table} t WHERE row_to_json(t)::text LIKE $1`, [`%${email}%`]);
      expect(found, table).toEqual([]);
    }
  });

  it('an invitation that is sent again is mailed again, one that is withdrawn before it is sent is not', async () => {
    const competition = await aCompetition({ organizer: owner });
    const email = 'again@example.org';
    const { body } = await staff.invite(owner, competition, { email, role: 'SCANNER' });
    await allJobsSettled();
    await staff.invite(owner, competition, { email, role: 'SCANNER' });
    expect(await mailsTo(email)).toHaveLength(2);
    const [invitation] = await rows<{ at: Date }>('SELECT invited_at AS at FROM staff_invitations WHERE id = $1', [
      body.id,
    ]);
    await staff.withdraw(owner, competition, body);
    await enqueue('staff-invited', { invitationId: body.id, at: invitation!.at.toISOString() });
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it('owners learn who joined, and members that their role has changed or ended', async () => {
    const [competition, second, person] = [
      await aCompetition({ organizer: owner, title: 'Go open' }),
      await aPerson(),
      await aPerson({ name: 'Grace' }),
    ];
    await employ(second, competition, 'OWNER');
    await employ(await aPerson(), competition, 'MANAGER');
    const { body } = await staff.invite(owner, competition, { email: person.email, role: 'REVIEWER' });
    await staff.accept(person, body.link);
    for (const each of [owner, second])
      expect((await mailboxOf(each))[0]).toMatchObject({
        kind: 'STAFF_JOINED',
        text: 'Grace accepted the invitation and is now on the staff of Go open as a reviewer.',
        path: `/organize/${competition.id}/staff`,
      });
    const { members } = (await staff.list(owner, competition)).body;
    const member = members.find(({ userId }: { userId: string }) => userId === person.id);
    await staff.changeRole(owner, competition, member, 'MANAGER');
    expect((await mailboxOf(person))[0]).toMatchObject({
      kind: 'STAFF_ROLE_CHANGED',
      text: 'You’re now on the staff of Go open as a manager.',
      path: `/organize/${competition.id}`,
    });
    await staff.remove(owner, competition, member);
    expect((await mailboxOf(person))[0]).toMatchObject({
      kind: 'STAFF_REMOVED',
      path: `/competitions/${competition.id}`,
      delivery: 'sent',
    });
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('a later message makes none of them outdated, nor they one about a registration', async () => {
    const [competition, person] = [await aCompetition({ organizer: owner }), await aPerson()];
    const send = async (kind: string) => {
      const [row] = await rows<{ id: string }>(
        `INSERT INTO mailbox_messages (user_id, kind, about_id, competition_id, title, text, delivery)
         VALUES ($1, $2::"MessageKind", $3, $3, $2, $2, 'QUEUED') RETURNING id`,
        [person.id, kind, competition.id],
      );
      return row?.id as string;
    };
    const ids = [await send('LEFT'), await send('STAFF_INVITED'), await send('STAFF_ROLE_CHANGED')];
    for (const messageId of ids) await enqueue('send', { messageId });
    expect((await mailboxOf(person)).map(({ delivery }: { delivery: string }) => delivery)).toEqual(
      Array(3).fill('sent'),
    );
  });

  it('a member who leaves gets no message about having been removed', async () => {
    const [competition, person] = [await aCompetition({ organizer: owner }), await aPerson()];
    await staff.remove(person, competition, await employ(person, competition, 'SCANNER'));
    expect(await mailboxOf(person)).toEqual([]);
  });

  it('a job that runs twice sends one message', async () => {
    const [competition, person] = [await aCompetition({ organizer: owner }), await aPerson()];
    const payload = { competitionId: competition.id, userId: person.id, at: new Date().toISOString() };
    const id = await enqueue('staff-removed', payload);
    await Promise.all([1, 2].map(() => runJob(worker.app, 'staff-removed', id, payload)));
    expect(await mailboxOf(person)).toHaveLength(1);
  });
});
