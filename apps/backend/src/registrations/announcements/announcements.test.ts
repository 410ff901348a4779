import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { announcementClient, DRAFT } from '../../../test/support/announcement-client.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { call, get, post } from '../../../test/support/http-client.js';
import { allJobsSettled, expectNothingBroken, passUndoTime, runJob } from '../../../test/support/jobs.js';
import { countRows, messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { signLeaveToken } from '../../messaging/templates/leave-link.js';

let api: TestApi;
let smtp: TestSmtp;
let workers: Awaited<ReturnType<typeof startWorker>>[];
let organizer: Person;
let staff: ReturnType<typeof announcementClient>;
let acts: ReturnType<typeof organizerClient>;
beforeAll(async () => {
  smtp = await startSmtp();
  api = await startApi({ smtpUrl: smtp.url, requireVerifiedEmail: true });
  const env = { ...api.env, smtpUrl: smtp.url, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER };
  workers = await Promise.all([startWorker(env), startWorker(env)]);
  staff = announcementClient(api.url);
  acts = organizerClient(api.url);
});
beforeEach(async () => {
  smtp.fault = null;
  smtp.received.length = 0;
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await api.close();
  await smtp.close();
});

type Competition = { readonly id: string };
const announcementsIn = ({ id }: Competition) => messages(`kind = 'ANNOUNCEMENT' AND competition_id = '${id}'`);
const recipientsOf = async (id: string) =>
  (
    await rows<{ userId: string }>(
      'SELECT user_id AS "userId" FROM announcement_recipients WHERE announcement_id = $1 ORDER BY position',
      [id],
    )
  ).map(({ userId }) => userId);
const mailTo = async (email: string) => {
  const { raw } = smtp.received.filter(({ to, raw }) => to === email && raw.includes('News about')).at(-1)!;
  return PostalMime.parse(raw);
};
const forget = () => {
  smtp.received.length = 0;
};

/** All have their messages. */
async function withRegistered(n: number, { capacity = n } = {}) {
  const competition = await aCompetition({ organizer, capacity, title: 'Chess *Open*' });
  const persons = await people(n);
  const ids = await registerMany(persons, competition, { join: true });
  await allJobsSettled();
  forget();
  return { competition, persons, ids };
}

const done = async (competition: Competition) => {
  await passUndoTime(competition);
  await allJobsSettled();
};

describe('writing an announcement', () => {
  it('BM-03 refuses unknown placeholders, line breaks in the subject, and links in the subject', async () => {
    const competition = await aCompetition({ organizer });
    const refused = [
      { subject: '{{constructor}}' },
      { subject: 'Hello {{first name}}' },
      { subject: 'Hello\r\nBcc: victim@example.org' },
      { subject: 'Leave: {{leaveLink}}' },
      { body: '{{constructor}}' },
      { body: '{{ name }}' },
      { body: 'An open {{name' },
      { body: ' \n ' },
    ];
    for (const field of refused) {
      const { status, body } = await staff.create(organizer, competition, { ...DRAFT, ...field });
      expect([status, body.errors?.[0]?.path], JSON.stringify(field)).toEqual([400, Object.keys(field)[0]]);
    }
    const { body: draft } = await staff.create(organizer, competition);
    const edited = await staff.edit(organizer, competition, draft.id, { body: '{{__proto__}}' }, 1);
    expect(edited.status).toBe(400);
  });

  it('takes everyone or statuses, and never an empty filter for everyone', async () => {
    const competition = await aCompetition({ organizer });
    for (const audience of [
      {},
      { statuses: [] },
      { everyone: false },
      { everyone: true, statuses: ['PENDING'] },
      { statuses: ['ERASED'] },
      { statuses: ['PENDING'], answers: [] },
    ])
      expect(
        (await staff.create(organizer, competition, { ...DRAFT, audience })).status,
        JSON.stringify(audience),
      ).toBe(400);
  });

  it('edits and deletes drafts, and tells who has an old version', async () => {
    const competition = await aCompetition({ organizer });
    const { status, body: draft } = await staff.create(organizer, competition);
    expect([status, draft]).toMatchObject([201, { version: 1, state: 'DRAFT' }]);
    expect((await staff.edit(organizer, competition, draft.id, { subject: 'Other' }, 1)).body.version).toBe(2);
    const stale = await staff.edit(organizer, competition, draft.id, { subject: 'Late' }, 1);
    expect([stale.status, stale.body.current.subject]).toEqual([412, 'Other']);
    const [item] = (await staff.list(organizer, competition)).body.items;
    expect(item).toMatchObject({ state: 'DRAFT', subject: 'Other', author: organizer.name, progress: null });
    expect((await staff.delete(organizer, competition, draft.id)).status).toBe(200);
    expect((await staff.read(organizer, competition, draft.id)).body.code).toBe('ANNOUNCEMENT_NOT_FOUND');
  });

  it('creates one draft for a key', async () => {
    const competition = await aCompetition({ organizer });
    const create = () => staff.create(organizer, competition, DRAFT, { key: 'draft-1' });
    const [one, two] = await Promise.all([create(), create()]);
    expect(one.text).toBe(two.text);
    expect((await staff.list(organizer, competition)).body.total).toBe(1);
  });

  it('is not found through another competition, and not allowed for others', async () => {
    const competition = await aCompetition({ organizer });
    const other = await aCompetition({ organizer });
    const { body: draft } = await staff.create(organizer, competition);
    expect((await staff.read(organizer, other, draft.id)).status).toBe(404);
    expect((await staff.edit(organizer, other, draft.id, { subject: 'x' }, 1)).status).toBe(404);
    expect((await staff.delete(organizer, other, draft.id)).status).toBe(404);
    expect((await staff.preview(organizer, other, draft.id)).status).toBe(404);
    expect((await staff.recipients(organizer, other, draft.id)).status).toBe(404);
    expect((await staff.list(await anOrganizer(), competition)).status).toBe(403);
    const reviewer = await aPerson();
    await employ(reviewer, competition, 'REVIEWER');
    expect((await staff.create(reviewer, competition)).status).toBe(403);
  });
});

describe('a test to oneself', () => {
  it('arrives in the mailbox and by mail, marked as a test, and nobody else gets anything', async () => {
    const { competition } = await withRegistered(1);
    const { body: draft } = await staff.create(organizer, competition);
    const { status, body } = await staff.test(organizer, competition, draft.id);
    expect([status, body]).toEqual([202, { email: organizer.email }]);
    await allJobsSettled();
    expect(await announcementsIn(competition)).toMatchObject([
      { userId: organizer.id, title: 'Test: News about Chess *Open*', delivery: 'SENT' },
    ]);
    const mail = await mailTo(organizer.email);
    expect(mail.html).toContain(`Hello ${organizer.name}, <strong>doors</strong>`);
    expect(mail.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false);
    await rows('DELETE FROM mailbox_messages WHERE user_id = $1', [organizer.id]);
  });
});

describe('a preview', () => {
  it('shows the number, three people as they would read it, and who is left out and why', async () => {
    const { competition, persons } = await withRegistered(6);
    const [first, german, unsubscribed, bounced, disabled, last] = persons as [
      Person,
      Person,
      Person,
      Person,
      Person,
      Person,
    ];
    await rows(`UPDATE users SET language = 'de', time_zone = 'Europe/Berlin' WHERE id = $1`, [german.id]);
    await rows('INSERT INTO announcement_opt_outs VALUES ($1, $2)', [unsubscribed.id, competition.id]);
    await rows('INSERT INTO bounced_addresses VALUES ($1, $2, 550)', [bounced.id, bounced.email]);
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled.id]);
    const { body: draft } = await staff.create(organizer, competition);
    const { body: preview } = await staff.preview(organizer, competition, draft.id);
    expect(preview).toMatchObject({ version: 1, recipients: 3, quota: { limit: 20_000, left: 20_000 } });
    expect(preview.samples.map((sample: { name: string }) => sample.name)).toEqual([
      first.name,
      german.name,
      last.name,
    ]);
    expect(preview.samples[1]).toMatchObject({ language: 'de', subject: 'News about Chess *Open*' });
    expect(preview.samples[1].html).toMatch(/Hello Person \d+, <strong>doors<\/strong> open at .*MEZ|MESZ/);
    expect(
      preview.leftOut.sort((a: { reason: string }, b: { reason: string }) => a.reason.localeCompare(b.reason)),
    ).toEqual([
      { reason: 'ACCOUNT_DISABLED', count: 1, names: [disabled.name] },
      { reason: 'ADDRESS_BOUNCED', count: 1, names: [bounced.name] },
      { reason: 'UNSUBSCRIBED', count: 1, names: [unsubscribed.name] },
    ]);
  });

  it('counts a person once: by the active registration, or else by the last one', async () => {
    const { competition, persons } = await withRegistered(3);
    const participant = participantClient(api.url);
    await participant.leave(persons[0]!, competition);
    await participant.register(persons[0]!, competition);
    await participant.leave(persons[1]!, competition);
    await allJobsSettled();
    const count = async (audience: object) => {
      const { body: draft } = await staff.create(organizer, competition, { ...DRAFT, audience });
      return (await staff.preview(organizer, competition, draft.id)).body.recipients;
    };
    expect(await count({ everyone: true })).toBe(2);
    expect(await count({ statuses: ['CONFIRMED'] })).toBe(2);
    expect(await count({ statuses: ['LEFT'] })).toBe(1);
    expect(await count({ statuses: ['LEFT', 'CONFIRMED'] })).toBe(3);
    expect(await count({ statuses: ['WAITLISTED'] })).toBe(0);
  });

  it('is outdated once the draft is edited, belongs to its draft, and nobody cannot be announced to', async () => {
    const { competition } = await withRegistered(1);
    const { body: draft } = await staff.create(organizer, competition);
    const { body: preview } = await staff.preview(organizer, competition, draft.id);
    const { body: other } = await staff.create(organizer, competition);
    expect((await staff.send(organizer, competition, other.id, preview.id)).body.code).toBe('PREVIEW_OUTDATED');
    await staff.edit(organizer, competition, draft.id, { audience: { statuses: ['WAITLISTED'] } }, 1);
    expect((await staff.send(organizer, competition, draft.id, preview.id)).body.code).toBe('PREVIEW_OUTDATED');
    const { body: empty } = await staff.preview(organizer, competition, draft.id);
    expect((await staff.send(organizer, competition, draft.id, empty.id)).body.code).toBe('NO_RECIPIENTS');
  });
});

describe('sending', () => {
  it('waits ten seconds, then each recipient gets one message and one mail, which says how to unsubscribe', async () => {
    const { competition, persons, ids } = await withRegistered(3);
    await rows(`UPDATE users SET name = '**<b>Å</b>** {{leaveLink}}' WHERE id = $1`, [persons[0]!.id]);
    const { id, response } = await staff.announce(organizer, competition);
    expect([response.status, response.body]).toMatchObject([202, { kind: 'ANNOUNCEMENT', state: 'PENDING', count: 3 }]);
    expect(Date.parse(response.body.dueAt) - Date.parse(response.body.createdAt)).toBe(10_000);
    expect(await announcementsIn(competition)).toEqual([]);
    expect((await staff.read(organizer, competition, id)).body).toMatchObject({ state: 'PENDING', canStop: false });
    await done(competition);

    expect(new Set((await announcementsIn(competition)).map(({ userId }) => userId))).toEqual(
      new Set(persons.map((person) => person.id)),
    );
    const mail = await mailTo(persons[0]!.email);
    expect(mail.subject).toBe('News about Chess *Open*');
    expect(mail.html).toContain('Hello **&lt;b&gt;Å&lt;/b&gt;** {{leaveLink}}, <strong>doors</strong>');
    expect(mail.html).toContain(`/leave?token=${ids[0]}.`);
    expect(mail.text).toContain('Hello **<b>Å</b>** {{leaveLink}}, **doors**');
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
    expect(header('list-unsubscribe')).toMatch(
      /^<http:\/\/localhost:3000\/api\/subscriptions\/unsubscribe\?token=[\w.-]+>$/,
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    const { body } = await staff.read(organizer, competition, id);
    expect(body).toMatchObject({
      state: 'SENT',
      canStop: false,
      progress: { recipients: 3, written: 3, skipped: 0, notIncluded: 0 },
      deliveries: { sent: 3, queued: 0 },
    });
    const { body: list } = await staff.recipients(organizer, competition, id, '?delivery=sent&limit=2');
    expect(list).toMatchObject({ total: 3, items: [{ delivery: 'sent', isBounced: false }, { delivery: 'sent' }] });
    const { body: rest } = await staff.recipients(organizer, competition, id, `?limit=2&cursor=${list.nextCursor}`);
    expect(rest.items).toHaveLength(1);
    const inMailbox = (await get(api.url, '/api/mailbox', { token: persons[1]!.token })).body.items[0];
    expect(inMailbox).toMatchObject({ kind: 'ANNOUNCEMENT', title: 'News about Chess *Open*' });
    expect(inMailbox.html).toContain('<strong>doors</strong>');
    expect((await staff.edit(organizer, competition, id, { subject: 'x' }, 1)).body.code).toBe('ANNOUNCEMENT_SENT');
    expect((await staff.delete(organizer, competition, id)).body.code).toBe('ANNOUNCEMENT_SENT');
  });

  it('mails about the registration carry no header to unsubscribe', async () => {
    const competition = await aCompetition({ organizer });
    const [person] = await people(1);
    await registerMany([person!], competition);
    await allJobsSettled();
    expect(smtp.received.find(({ to }) => to === person!.email)?.raw).not.toMatch(/list-unsubscribe/i);
  });

  it('does not keep a mail about the registration from going out, although the announcement is newer', async () => {
    const competition = await aCompetition({ organizer });
    const [person] = await people(1);
    smtp.fault = { at: 'rcpt', action: 'hang' };
    await registerMany([person!], competition);
    await vi.waitFor(async () => expect(smtp.commands.rcpt).toBeGreaterThan(0), 10_000);
    await staff.announce(organizer, competition);
    await passUndoTime(competition);
    await vi.waitFor(async () => expect(await announcementsIn(competition)).toHaveLength(1), 10_000);
    // The worker that holds the mail is gone; the next one looks at the message again.
    const [confirmed] = await messages(`kind = 'CONFIRMED' AND user_id = '${person!.id}'`);
    const [job] = await rows<{ id: string }>(`SELECT id FROM outbox WHERE job = 'send' AND payload = $1`, [
      { messageId: confirmed!.id },
    ]);
    smtp.fault = null;
    await runJob(workers[1]!.app, 'send', job!.id, { messageId: confirmed!.id });
    expect(await messages(`id = '${confirmed!.id}'`)).toMatchObject([{ delivery: 'SENT' }]);
    smtp.release();
    await allJobsSettled();
  });

  it('freezes: who no longer matches is skipped, who came later is not included, and both are counted', async () => {
    const { competition, persons } = await withRegistered(4, { capacity: 10 });
    const { id } = await staff.announce(organizer, competition);
    await participantClient(api.url).leave(persons[0]!, competition);
    await rows('INSERT INTO announcement_opt_outs VALUES ($1, $2)', [persons[1]!.id, competition.id]);
    const late = await people(3);
    await registerMany(late, competition);
    await done(competition);
    expect(new Set(await recipientsOf(id))).toEqual(new Set([persons[2]!.id, persons[3]!.id]));
    const { progress } = (await staff.read(organizer, competition, id)).body;
    expect(progress).toEqual({ recipients: 2, written: 2, skipped: 2, notIncluded: 3 });
  });

  it('is a draft again when it is undone, counts for no quota, and can be sent once more', async () => {
    const { competition } = await withRegistered(2);
    const { id, response } = await staff.announce(organizer, competition);
    expect((await acts.undo(organizer, competition, response.body.id)).status).toBe(200);
    await done(competition);
    expect(await announcementsIn(competition)).toEqual([]);
    expect((await staff.read(organizer, competition, id)).body.state).toBe('DRAFT');
    const { body: preview } = await staff.preview(organizer, competition, id);
    expect(preview.quota.left).toBe(20_000);
    expect((await staff.send(organizer, competition, id, preview.id)).status).toBe(202);
    await done(competition);
    expect(await announcementsIn(competition)).toHaveLength(2);
    expect(
      (
        await acts.undo(
          organizer,
          competition,
          (
            await rows<{ id: string }>(
              `SELECT id FROM pending_acts WHERE competition_id = $1 AND done_at IS NOT NULL`,
              [competition.id],
            )
          )[0]!.id,
        )
      ).body.code,
    ).toBe('TOO_LATE_TO_UNDO');
    const history = await get(api.url, `/api/competitions/${competition.id}/history`, { token: organizer.token });
    expect(
      history.body.items
        .map(({ action }: { action: string }) => action)
        .filter((action: string) => action.startsWith('announcement')),
    ).toEqual(['announcement.sent', 'announcement.requested', 'announcement.undone', 'announcement.requested']);
  });

  it('sends once for two requests at once, whatever their keys', async () => {
    const { competition } = await withRegistered(2);
    const { body: draft } = await staff.create(organizer, competition);
    const { body: preview } = await staff.preview(organizer, competition, draft.id);
    const responses = await Promise.all(
      ['a', 'b'].map((key) => staff.send(organizer, competition, draft.id, preview.id, { key })),
    );
    expect(responses.map(({ body }) => body.code ?? 'ok').sort()).toEqual(['ANNOUNCEMENT_SENT', 'ok']);
    expect(await countRows('pending_acts', `competition_id = '${competition.id}'`)).toBe(1);
    await done(competition);
  });

  it('needs a verified address', async () => {
    const { competition } = await withRegistered(1);
    await rows('UPDATE users SET email_verified_at = NULL WHERE id = $1', [organizer.id]);
    const { response } = await staff.announce(organizer, competition);
    expect(response.body.code).toBe('EMAIL_NOT_VERIFIED');
  });
});

describe('the recipients', () => {
  it('sabotage: without the unique key of recipients, a second freeze doubles them', async () => {
    const { competition } = await withRegistered(3);
    const { id } = await staff.announce(organizer, competition);
    await done(competition);
    const again = () =>
      rows(
        'INSERT INTO announcement_recipients SELECT announcement_id, user_id, registration_id, position + 3 FROM announcement_recipients WHERE announcement_id = $1',
        [id],
      );
    await expect(again()).rejects.toThrow('one_per_recipient');
    await rows('ALTER TABLE announcement_recipients DROP CONSTRAINT one_per_recipient');
    await again();
    expect(await recipientsOf(id)).toHaveLength(6);
    await rows('DELETE FROM announcement_recipients WHERE announcement_id = $1 AND position > 3', [id]);
    await rows(
      'ALTER TABLE announcement_recipients ADD CONSTRAINT one_per_recipient PRIMARY KEY (announcement_id, user_id)',
    );
  });

  it('are frozen once by a worker that was killed after it had claimed the act', async () => {
    const { competition } = await withRegistered(2, { capacity: 5 });
    const { id, response } = await staff.announce(organizer, competition);
    await rows(
      `CREATE FUNCTION refuse_freeze() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$`,
    );
    await rows(
      'CREATE TRIGGER refuse BEFORE INSERT ON announcement_recipients FOR EACH ROW EXECUTE FUNCTION refuse_freeze()',
    );
    const [job] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE id = $1', [
      response.body.id,
    ]);
    const run = () => runJob(workers[0]!.app, 'announce', job!.id, { announcementId: id, actId: response.body.id });
    await expect(run()).rejects.toThrow('killed');
    expect((await acts.undo(organizer, competition, response.body.id)).body.code).toBe('TOO_LATE_TO_UNDO');
    await rows('DROP TRIGGER refuse ON announcement_recipients');
    await run();
    await run();
    await allJobsSettled();
    expect(await recipientsOf(id)).toHaveLength(2);
    expect(await announcementsIn(competition)).toHaveLength(2);
  });
});

describe('stopping', () => {
  it('halts what has not gone: nobody gets a message that is not written, and no mail that has not begun goes out', async () => {
    const competition = await aCompetition({ organizer, capacity: 600 });
    // The mail server cannot be reached, so mails are queued.
    smtp.fault = { at: 'greeting', action: 'reject', code: 421 };
    await registerMany(await people(600), competition);
    await vi.waitFor(
      async () =>
        expect(await messages(`kind = 'CONFIRMED' AND competition_id = '${competition.id}'`)).toHaveLength(600),
      30_000,
    );
    // This is about other mails.
    await rows(`UPDATE mailbox_messages SET delivery = 'MAILBOX' WHERE delivery = 'QUEUED'`);
    const { id, response } = await staff.announce(organizer, competition);
    await rows(`
      CREATE FUNCTION die_after_first() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.handled > 500 THEN RAISE EXCEPTION 'killed'; END IF; RETURN NEW; END $$`);
    await rows('CREATE TRIGGER die BEFORE UPDATE ON announcements FOR EACH ROW EXECUTE FUNCTION die_after_first()');
    const [job] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE id = $1', [
      response.body.id,
    ]);
    const run = () => runJob(workers[0]!.app, 'announce', job!.id, { announcementId: id, actId: response.body.id });
    await expect(run()).rejects.toThrow('killed');
    const stopped = await staff.stop(organizer, competition, id);
    expect([stopped.status, stopped.body.state]).toEqual([200, 'STOPPED']);
    expect((await staff.stop(organizer, competition, id)).status).toBe(200);
    await rows('DROP TRIGGER die ON announcements');
    smtp.fault = null;
    await run();
    await allJobsSettled();
    expect(await announcementsIn(competition)).toHaveLength(500);
    expect(smtp.received.filter(({ raw }) => raw.includes('News about'))).toEqual([]);
    const { body } = await staff.read(organizer, competition, id);
    expect(body).toMatchObject({
      state: 'STOPPED',
      canStop: false,
      progress: { recipients: 600, written: 500 },
      deliveries: { mailbox: 500, queued: 0 },
    });
    expect((await staff.published(competition)).body.items).toEqual([]);
  });

  it('is refused for drafts, pending ones, and when everything has gone', async () => {
    const { competition } = await withRegistered(1);
    const { body: draft } = await staff.create(organizer, competition);
    expect((await staff.stop(organizer, competition, draft.id)).body.code).toBe('ANNOUNCEMENT_NOT_SENDING');
    const { id } = await staff.announce(organizer, competition);
    expect((await staff.stop(organizer, competition, id)).body.code).toBe('ANNOUNCEMENT_NOT_SENDING');
    await done(competition);
    expect((await staff.stop(organizer, competition, id)).body.code).toBe('ANNOUNCEMENT_NOT_SENDING');
  });
});

describe('the quota', () => {
  it('counts recipients per organizer and day over all competitions, and says when it begins again', async () => {
    const one = await withRegistered(2);
    const two = await withRegistered(2);
    await rows(`INSERT INTO daily_quotas VALUES ($1, 'ANNOUNCEMENTS', (now() AT TIME ZONE 'UTC')::date, 19997)`, [
      organizer.id,
    ]);
    const manager = await anOrganizer();
    await employ(manager, two.competition, 'MANAGER');
    expect((await staff.announce(organizer, one.competition)).response.status).toBe(202);
    const { response } = await staff.announce(manager, two.competition);
    expect([response.status, response.body.code]).toEqual([429, 'QUOTA_EXCEEDED']);
    expect(response.body.quota).toMatchObject({ limit: 20_000, left: 1 });
    const untilMidnight = (Date.parse(response.body.quota.resetsAt) - Date.now()) / 1_000;
    expect(Math.abs(Number(response.headers.get('retry-after')) - untilMidnight)).toBeLessThan(60);
    expect(response.body.quota.resetsAt).toMatch(/T00:00:00/);
    await acts.undo(organizer, one.competition);
    expect((await staff.announce(manager, two.competition)).response.status).toBe(202);
    await done(two.competition);
  });

  it('takes an announcement that uses up the day, and says of more than a day’s quota that no later day takes it', async () => {
    const { competition } = await withRegistered(2);
    await rows(`INSERT INTO daily_quotas VALUES ($1, 'ANNOUNCEMENTS', (now() AT TIME ZONE 'UTC')::date, 19998)`, [
      organizer.id,
    ]);
    expect((await staff.announce(organizer, competition)).response.status).toBe(202);
    const strict = await startApi({ databaseUrl: api.env.databaseUrl, announcementsPerDay: 1 });
    const { response } = await announcementClient(strict.url).announce(organizer, competition);
    await strict.close();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, null]);
    expect(response.body.detail).toBe('At most one recipient is possible a day.');
    await done(competition);
  });

  it('two announcements at once cannot both take what is left', async () => {
    const one = await withRegistered(2);
    const two = await withRegistered(2);
    await rows(`INSERT INTO daily_quotas VALUES ($1, 'ANNOUNCEMENTS', (now() AT TIME ZONE 'UTC')::date, 19997)`, [
      organizer.id,
    ]);
    const responses = await Promise.all([one, two].map(({ competition }) => staff.announce(organizer, competition)));
    expect(responses.map(({ response }) => response.status).sort()).toEqual([202, 429]);
    await done(one.competition);
    await done(two.competition);
  });
});

describe('unsubscribing', () => {
  const linkIn = async (person: Person) => {
    const mail = await mailTo(person.email);
    return new URL(mail.headers.find(({ key }) => key === 'list-unsubscribe')!.value.slice(1, -1));
  };
  const oneClick = (search: string, contentType = 'application/x-www-form-urlencoded') =>
    call('POST', api.url, `/api/subscriptions/unsubscribe${search}`, {
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': contentType },
    });

  it('works with one click of a mail program, for this competition only, and can be taken back', async () => {
    const { competition, persons } = await withRegistered(2);
    await staff.announce(organizer, competition);
    await done(competition);
    const { search } = await linkIn(persons[0]!);
    expect((await get(api.url, `/api/subscriptions${search}`)).body).toEqual({
      competitionId: competition.id,
      title: 'Chess *Open*',
      isSubscribed: true,
    });
    const opened = await fetch(new URL(`/api/subscriptions/unsubscribe${search}`, api.url), { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([
      303,
      `http://localhost:3000/unsubscribe${search}`,
    ]);
    expect((await get(api.url, `/api/subscriptions${search}`)).body.isSubscribed).toBe(true);
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await oneClick(search, type)).body).toMatchObject({ isSubscribed: false });
    const other = await aCompetition({ organizer });
    await registerMany([persons[0]!], other);
    expect((await staff.announce(organizer, competition)).preview).toMatchObject({
      recipients: 1,
      leftOut: [{ reason: 'UNSUBSCRIBED', count: 1 }],
    });
    expect((await staff.announce(organizer, other)).preview).toMatchObject({ recipients: 1, leftOut: [] });
    expect((await post(api.url, `/api/subscriptions/subscribe${search}`)).body.isSubscribed).toBe(true);
    expect((await staff.announce(organizer, competition)).preview.recipients).toBe(2);
    await done(competition);
    await done(other);
  });

  it('keeps a queued mail from going out', async () => {
    const { competition, persons } = await withRegistered(1);
    smtp.fault = { at: 'rcpt', action: 'reject', code: 451 };
    await staff.announce(organizer, competition);
    await passUndoTime(competition);
    await vi.waitFor(async () => expect(await announcementsIn(competition)).toHaveLength(1), 10_000);
    await rows('INSERT INTO announcement_opt_outs VALUES ($1, $2)', [persons[0]!.id, competition.id]);
    // The attempt that may be under way fails, and the next one finds that the person has unsubscribed.
    await allJobsSettled();
    smtp.fault = null;
    expect(await announcementsIn(competition)).toMatchObject([{ delivery: 'MAILBOX' }]);
  });

  it('refuses forged tokens and the tokens of other links', async () => {
    const { competition, persons, ids } = await withRegistered(2);
    await staff.announce(organizer, competition);
    await done(competition);
    const token = (await linkIn(persons[0]!)).searchParams.get('token')!;
    const forged = [
      signLeaveToken(api.env.jwtSecret, { registrationId: ids[0]!, userId: null }),
      token.replace(ids[0]!, ids[1]!),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      ids[0]!,
      'x',
    ];
    for (const other of forged) {
      const { status, body } = await oneClick(`?token=${other}`);
      expect([status, body.code], other).toEqual([400, 'UNSUBSCRIBE_TOKEN_INVALID']);
    }
    const leave = await post(api.url, '/api/competitions/leave-link', { body: { token } });
    expect(leave.body.code).toBe('LEAVE_TOKEN_INVALID');
    expect((await oneClick('')).status).toBe(400);
    expect(await rows('SELECT FROM announcement_opt_outs WHERE competition_id = $1', [competition.id])).toEqual([]);
  });
});

describe('an address that the mail server refuses for good', () => {
  const announceWith = async (code: number) => {
    const { competition, persons } = await withRegistered(2);
    smtp.fault = { at: 'rcpt', action: 'reject', code, to: persons[0]!.email };
    const { id } = await staff.announce(organizer, competition);
    await done(competition);
    await rows('UPDATE failed_jobs SET settled_at = now(), settled_as = $1', ['DISCARDED']);
    await rows('DELETE FROM failed_jobs');
    const [again] = [(await staff.announce(organizer, competition)).preview];
    return { competition, persons, id, again };
  };

  it('gets no more announcements until it changes, and the staff sees that', async () => {
    const { competition, persons, id, again } = await announceWith(550);
    expect(again).toMatchObject({
      recipients: 1,
      leftOut: [{ reason: 'ADDRESS_BOUNCED', count: 1, names: [persons[0]!.name] }],
    });
    const { body } = await staff.recipients(organizer, competition, id, '?delivery=failed');
    expect(body.items).toMatchObject([{ name: persons[0]!.name, delivery: 'failed', isBounced: true }]);
    await rows(`UPDATE users SET email = 'new-' || email WHERE id = $1`, [persons[0]!.id]);
    const { body: draft } = await staff.create(organizer, competition);
    expect((await staff.preview(organizer, competition, draft.id)).body.recipients).toBe(2);
    smtp.fault = null;
    await done(competition);
  });

  it('is another one when the server refuses for other reasons', async () => {
    const { competition, again } = await announceWith(554);
    expect(again).toMatchObject({ recipients: 2, leftOut: [] });
    smtp.fault = null;
    await done(competition);
  });
});

describe('the page of the competition', () => {
  it('shows sent announcements without what is personal, and no drafts, pending or hidden ones', async () => {
    const { competition, persons } = await withRegistered(2);
    await staff.create(organizer, competition);
    await staff.announce(organizer, competition, { ...DRAFT, subject: 'Hidden', onPage: false });
    await staff.announce(organizer, competition, { ...DRAFT, body: `${DRAFT.body}\n\n<script>alert(1)</script>` });
    expect((await staff.published(competition)).body.items).toEqual([]);
    await done(competition);
    const { items } = (await staff.published(competition, 'de')).body;
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ subject: 'News about Chess *Open*' });
    expect(items[0].html).toContain('Hello alle, <strong>doors</strong>');
    expect(items[0].html).toContain(`<a href="http://localhost:3000/competitions/${competition.id}"`);
    expect(items[0].html).not.toMatch(/token=|<script|Person/);
    expect(persons).toHaveLength(2);
    await rows(`UPDATE competitions SET visibility = 'DRAFT' WHERE id = $1`, [competition.id]);
    expect((await staff.published(competition)).status).toBe(404);
    await rows(`UPDATE competitions SET visibility = 'PUBLIC' WHERE id = $1`, [competition.id]);
  });
});
