import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { announcementClient } from '../../../test/support/announcement-client.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { del, get, post, tally } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { allJobsSettled, brokenJobInvariants, passUndoTime } from '../../../test/support/jobs.js';
import { aTeam, registerTeam } from '../../../test/support/named-teams.js';
import { spawnWorker, type TestProcess } from '../../../test/support/processes.js';
import { messages, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { ErasedAccountsFile } from './erased-accounts-file.js';

const PASSWORD = 'correct horse';
const PATH = '/api/auth/me';

let api: TestApi;
let smtp: TestSmtp;
let worker: TestProcess;
let folder: string;
let apiLog = '';
let { register, join: joinWaitlist } = participantClient('');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'erased-'));
  smtp = await startSmtp();
  api = await startApi({ smtpUrl: smtp.url, logLevel: 'debug' }, { write: (line) => (apiLog += line) });
  ({ register, join: joinWaitlist } = participantClient(api.url));
  worker = await startWorker();
});
afterAll(async () => {
  await worker?.kill();
  await smtp?.close();
  await api?.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  smtp.fault = null;
});

async function startWorker(): Promise<TestProcess> {
  const started = await spawnWorker(api.env.databaseUrl, {
    SMTP_URL: smtp.url,
    ERASED_ACCOUNTS_FILE: join(folder, 'erased'),
    LOG_LEVEL: 'debug',
  });
  await started.ready();
  return started;
}

let signUps = 0;
/** With a real password, and a name and address that are nowhere else. */
async function signUp({ role = 'PARTICIPANT' } = {}) {
  const email = `gdpr-${++signUps}.leaving@example.org`;
  const name = `Zebedee Quux ${signUps}`;
  const { body } = await post(api.url, '/api/auth/signup', { body: { name, email, password: PASSWORD, role } });
  const [session] = await rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [body.user.id]);
  return { id: body.user.id as string, token: body.token as string, sessionId: session?.id ?? '', name, email, role };
}
type Account = Awaited<ReturnType<typeof signUp>>;
const asPerson = (account: Account) => ({ ...account, role: account.role as 'PARTICIPANT' });
const erase = ({ token }: { token: string }, password = PASSWORD) => del(api.url, PATH, { token, body: { password } });

/** Every column of every table, and the queue's tables, as text. */
async function tablesContaining(text: string): Promise<string[]> {
  const tables = await rows<{ table: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS table FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { table } of tables)
    if ((await rows(`SELECT FROM ${table} t WHERE strpos(lower(t::text), lower($1)) > 0 LIMIT 1`, [text])).length > 0)
      found.push(table);
  return found;
}

/** The job for the rest is due after five seconds. */
async function eraseRest(): Promise<void> {
  await rows(`UPDATE outbox SET due_at = now() WHERE job = 'erase-rest' AND settled_at IS NULL`);
  await rows(`SELECT pg_notify('outbox', '')`);
  await allJobsSettled();
}

describe('erasing an account', () => {
  it('needs the password', async () => {
    const account = await signUp();
    expect((await erase(account, 'wrong horse')).body.code).toBe('WRONG_PASSWORD');
    expect((await del(api.url, PATH, { token: account.token, body: {} })).status).toBe(400);
    expect((await get(api.url, PATH, { token: account.token })).body.email).toBe(account.email);
  });

  it('GD-01 removes the notes that reviewers wrote about the person, and those that the person wrote; the scores stay', async () => {
    const account = await signUp();
    const [reviewer, applicant] = (await people(2)) as [Person, Person];
    const competition = await aCompetition();
    for (const person of [asPerson(account), applicant]) await register(person, competition);
    await allJobsSettled();
    await rows(
      `INSERT INTO application_reviews (registration_id, reviewer_id, competition_id, score, note)
       SELECT r.id, by.id, $1, 4, 'Call ' || $4 FROM registrations r, unnest($2::uuid[]) AS by (id)
       WHERE r.competition_id = $1 AND (r.user_id = $3) <> (by.id = $3)`,
      [competition.id, [reviewer.id, account.id], account.id, account.email],
    );
    expect((await erase(account)).status).toBe(204);
    await eraseRest();
    expect(await tablesContaining(account.email)).toEqual([]);
    const kept = 'SELECT score, note FROM application_reviews WHERE competition_id = $1';
    expect(await rows(kept, [competition.id])).toEqual(Array(2).fill({ score: 4, note: null }));
  });

  it('GD-01 leaves neither the name nor the links of the person in an announcement that they got', async () => {
    const account = await signUp();
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    await register(asPerson(account), competition);
    await allJobsSettled();
    await announcementClient(api.url).announce(organizer, competition);
    await passUndoTime(competition);
    await allJobsSettled();
    const [{ html }] = (await rows(`SELECT html FROM mailbox_messages WHERE kind = 'ANNOUNCEMENT' AND user_id = $1`, [
      account.id,
    ])) as [{ html: string }];
    const link = /href="[^"]*\/leave[^"]*?([\w.-]{20,})"/.exec(html)?.[1] ?? 'no link';
    for (const text of [account.name, link]) expect(await tablesContaining(text)).toContain('public.mailbox_messages');
    expect((await erase(account)).status).toBe(204);
    await eraseRest();
    for (const text of [account.name, link]) expect(await tablesContaining(text)).toEqual([]);
  });

  it('GD-01 leaves no reason of a removal of several people', async () => {
    const account = await signUp();
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    const [id] = await registerMany([asPerson(account)], competition);
    const removals = organizerClient(api.url);
    const body = { registrationIds: [id], reason: `${account.name} is banned` };
    const remove = () => removals.removeSeveral(organizer, competition, [], { body });
    const { body: undone } = await remove();
    expect((await removals.undo(organizer, competition, undone.id)).status).toBe(200);
    await remove();
    await passUndoTime(competition);
    await allJobsSettled();
    expect(await tablesContaining(account.name)).toContain('public.registrations');
    expect((await erase(account)).status).toBe(204);
    await eraseRest();
    expect(await tablesContaining(account.name)).toEqual([]);
  });

  it('GD-01 leaves no note about a team whose last member is erased, nor its name', async () => {
    const account = await signUp();
    const reviewer = await aPerson();
    const competition = await aTeamCompetition();
    const team = await aTeam(competition, [asPerson(account)], { name: `Friends of ${account.name}` });
    const registrationId = await registerTeam(team);
    await rows(
      `INSERT INTO application_reviews (registration_id, reviewer_id, competition_id, score, note)
       VALUES ($1, $2, $3, 4, $4)`,
      [registrationId, reviewer.id, competition.id, `Call ${account.name}`],
    );
    await allJobsSettled();
    expect((await erase(account)).status).toBe(204);
    await eraseRest();
    expect(await tablesContaining(account.name)).toEqual([]);
    expect(
      await rows('SELECT score, note FROM application_reviews WHERE registration_id = $1', [registrationId]),
    ).toEqual([{ score: 4, note: null }]);
  });

  it('GD-01 passes the seat on, and leaves name and address in no table, log, mail queue or failed job', async () => {
    const account = await signUp();
    const competition = await aCompetition({ capacity: 1 });
    const [next, last] = await people(2);
    expect((await register(asPerson(account), competition)).status).toBe(201);
    for (const person of [next, last]) await joinWaitlist(person!, competition);
    // A mail that the server refuses, quoting the address, and one that waits.
    smtp.fault = { at: 'rcpt', action: 'reject', code: 550, to: account.email };
    const other = await aCompetition();
    await register(asPerson(account), other);
    await allJobsSettled();
    const before = await tablesContaining(account.email);
    expect(before).toContain('public.users');

    const response = await erase(account);
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie().join()).toContain('mc_access=;');
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
    expect((await registrationsOf(competition)).map(({ userId, status }) => [userId, status])).toEqual([
      [account.id, 'CANCELLED'],
      [next!.id, expect.stringMatching(/PENDING|CONFIRMED/)],
      [last!.id, 'WAITLISTED'],
    ]);
    expect(await seatsOf(other)).toEqual({ seatsLeft: other.capacity, waiting: 0 });
    await eraseRest();
    for (const text of [account.email, account.name]) expect(await tablesContaining(text)).toEqual([]);
    const file = await readFile(join(folder, 'erased'), 'utf8');
    for (const text of [account.email, account.name])
      for (const log of [worker.output(), apiLog, file]) expect(log).not.toContain(text);
    expect(apiLog).toContain('/api/auth/me');

    expect((await get(api.url, PATH, { token: account.token })).status).toBe(401);
    expect(
      (await post(api.url, '/api/auth/login', { body: { email: account.email, password: PASSWORD } })).status,
    ).toBe(401);
    const mails = smtp.received.filter(({ to }) => to.includes('erased'));
    expect(mails).toEqual([]);
    expect(await brokenJobInvariants()).toEqual([]);
    expect((await signUpAgain(account)).status).toBe(201);
  });

  it('GD-01 takes answers along, also those of a request that was under way, and keeps the text that was agreed to', async () => {
    const account = await signUp();
    const answers = async (id: string) =>
      rows(
        'SELECT answers, consents FROM registration_answers a JOIN registrations r ON r.id = registration_id WHERE r.competition_id = $1',
        [id],
      );
    const [competition, late] = [await aCompetition(), await aCompetition()];
    for (const { id } of [competition, late])
      await askQuestions({ id }, [aQuestion('note'), aQuestion('rules', { kind: 'CONSENT', label: 'I agree' })]);
    const body = { answers: { note: 'My allergies', rules: true }, questionsVersion: 1 };
    for (const one of [competition, late]) await register(asPerson(account), one, { body });
    expect((await erase(account)).text).toBe('');
    const erased = { answers: {}, consents: { rules: 'I agree' } };
    expect(await answers(competition.id)).toEqual([erased]);
    await rows(`UPDATE registration_answers SET answers = '{"note": "Written later"}'`);
    await eraseRest();
    expect([...(await answers(competition.id)), ...(await answers(late.id))]).toEqual([erased, erased]);
    expect(await tablesContaining('My allergies')).toEqual([]);
  });

  it('GD-01 ends the invitations of the address, whose seats go to the waitlist, and leaves it in no import', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer, capacity: 1 });
    const other = await aCompetition({ organizer });
    const account = await signUp();
    const invitations = invitationClient(api.url);
    await rows('UPDATE users SET email_verified_at = now() WHERE id = $1', [organizer.id]);
    await invitations.invite(organizer, competition, [account.email], { message: `For ${account.name}` });
    const [waiting] = await people(1);
    await joinWaitlist(waiting!, competition);
    const file = `email,name\n${account.email},${account.name}`;
    const { body } = await invitations.upload(organizer, other, file);
    await invitations.commit(organizer, other, body.id);
    await allJobsSettled();
    expect(await tablesContaining(account.email)).toEqual(
      expect.arrayContaining(['public.invitations', 'public.import_rows']),
    );
    expect((await erase(account)).status).toBe(204);
    await eraseRest();
    for (const text of [account.email, account.name]) expect(await tablesContaining(text)).toEqual([]);
    expect(await registrationsOf(competition)).toMatchObject([{ userId: waiting!.id }]);
    expect(await seatsOf(other)).toEqual({ seatsLeft: other.capacity, waiting: 0 });
    expect(await brokenJobInvariants()).toEqual([]);
  });

  const signUpAgain = ({ email, name }: Account) =>
    post(api.url, '/api/auth/signup', { body: { name, email, password: PASSWORD, role: 'PARTICIPANT' } });

  it('keeps what has begun or is over, with the id only', async () => {
    const account = await signUp();
    const [past, coming] = [await aCompetition(), await aCompetition()];
    for (const competition of [past, coming]) await register(asPerson(account), competition);
    await rows('UPDATE competitions SET reg_deadline = $2, start_date = $3 WHERE id = $1', [
      past.id,
      inHours(-2),
      inHours(-1),
    ]);
    expect((await erase(account)).status).toBe(204);
    const statusIn = async (competition: CompetitionRow) => (await registrationsOf(competition))[0]?.status;
    expect(await statusIn(past)).toMatch(/PENDING|CONFIRMED/);
    expect(await statusIn(coming)).toBe('CANCELLED');
    await eraseRest();
    expect(await messages(`user_id = '${account.id}' AND (title <> '' OR text <> '')`)).toEqual([]);
  });

  it('shows the erased to organizers without name and address', async () => {
    const account = await signUp();
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    await register(asPerson(account), competition);
    await erase(account);
    const list = await get(api.url, `/api/competitions/${competition.id}/registrations?status=all`, {
      token: organizer.token,
    });
    expect(list.body.items).toMatchObject([{ userId: account.id, name: '', email: '', endReason: 'ERASED' }]);
  });

  it('is refused while a competition that is not over would have no owner, and names it', async () => {
    const account = await signUp({ role: 'ORGANIZER' });
    const running = await aCompetition({ organizer: account, title: 'Mine alone' });
    const over = await aCompetition({ organizer: account, regDeadline: inHours(-3), startDate: inHours(-2) });
    const response = await erase(account);
    expect(response).toMatchObject({
      status: 409,
      body: { code: 'OWNS_COMPETITIONS', competitions: [{ id: running.id, title: 'Mine alone' }] },
    });
    const other = await aPerson();
    const disabled = await aPerson();
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled.id]);
    await employ(disabled, running, 'OWNER');
    expect((await erase(account)).body.code).toBe('OWNS_COMPETITIONS');
    await employ(other, running, 'OWNER');
    expect((await erase(account)).status).toBe(204);
    const owners = await rows<{ organizer: string; staff: string[] }>(
      `SELECT organizer_id AS organizer, ARRAY(SELECT user_id FROM competition_staff WHERE competition_id = c.id) AS staff
       FROM competitions c WHERE id = ANY ($1::uuid[]) ORDER BY id`,
      [[running.id, over.id]],
    );
    expect(owners).toEqual([
      { organizer: other.id, staff: expect.arrayContaining([other.id, disabled.id]) },
      { organizer: account.id, staff: [] },
    ]);
  });

  it('takes drafts along that nobody else owns', async () => {
    const account = await signUp({ role: 'ORGANIZER' });
    const draft = await aCompetition({ organizer: account, visibility: 'DRAFT' });
    const shared = await aCompetition({ organizer: account, visibility: 'DRAFT' });
    const other = await aPerson();
    await employ(other, shared, 'OWNER');
    expect((await erase(account)).status).toBe(204);
    const drafts = await rows(
      `SELECT organizer_id AS organizer, deleted_at IS NOT NULL AS gone FROM competitions
       WHERE id = ANY ($1::uuid[]) ORDER BY id`,
      [[draft.id, shared.id]],
    );
    expect(drafts).toEqual([
      { organizer: account.id, gone: true },
      { organizer: other.id, gone: false },
    ]);
  });

  it('twice at once has one effect, and a registration at the same moment does not survive', async () => {
    const account = await signUp();
    const competitions = await Promise.all(Array.from({ length: 20 }, () => aCompetition({ capacity: 1 })));
    const [erased, ...registered] = await Promise.all([
      Promise.all([erase(account), erase(account)]),
      ...competitions.map((competition) => register(asPerson(account), competition)),
    ]);
    expect(erased.map(({ status }) => status)).toContain(204);
    // While the account is locked, a registration changes nothing and is to be sent again.
    const { 201: _, BUSY, SESSION_ENDED, ACCOUNT_DISABLED, ...others } = tally(registered);
    expect(others).toEqual({});
    await eraseRest();
    for (const competition of competitions) expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 0 });
  });

  it('cannot be prevented by an account with the address that takes its place', async () => {
    const account = await signUp();
    for (const email of [`erased-${account.id}@erased.invalid`, `${account.id}@erased.invalid`])
      await rows(`INSERT INTO users (email, name, role, password_hash) VALUES ($1, 'Trap', 'PARTICIPANT', '-')`, [
        email,
      ]);
    expect((await erase(account)).status).toBe(204);
  });

  it('GD-02 happens again when a restored backup has brought the account back', async () => {
    const account = await signUp();
    await erase(account);
    await eraseRest();
    expect(await new ErasedAccountsFile(join(folder, 'erased')).ids()).toContain(account.id);
    // What a restore of an older backup does.
    await rows('UPDATE users SET email = $2, name = $3, erased_at = NULL, disabled_at = NULL WHERE id = $1', [
      account.id,
      account.email,
      account.name,
    ]);
    await worker.kill();
    worker = await startWorker();
    await expect.poll(() => tablesContaining(account.email), { timeout: 10_000 }).toEqual([]);
    await eraseRest();
    expect(worker.output()).toContain('Erased 1 accounts again');
  });
});
