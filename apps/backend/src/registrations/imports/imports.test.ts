import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { allJobsSettled, expectNothingBroken } from '../../../test/support/jobs.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let smtp: TestSmtp;
let worker: Awaited<ReturnType<typeof startWorker>>;
let client: ReturnType<typeof invitationClient>;
let organizer: Person;
beforeAll(async () => {
  smtp = await startSmtp();
  api = await startApi({ smtpUrl: smtp.url, requireVerifiedEmail: false });
  worker = await startWorker({ ...api.env });
  client = invitationClient(api.url);
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker?.close();
  await smtp?.close();
  await api?.close();
});

const csv = (...lines: string[]) => ['email,name', ...lines].join('\n');
type Competition = { readonly id: string };

/** Checks and commits a file, and waits for the job. */
async function importFile(competition: Competition, file: string, options: { notify?: boolean } = {}) {
  const { body } = await client.upload(organizer, competition, file);
  const committed = await client.commit(organizer, competition, body.id, options);
  await allJobsSettled(120_000);
  return { checked: body, committed, done: (await client.readImport(organizer, competition, body.id)).body };
}
const mailsTo = (address: string) => smtp.received.filter(({ to }) => to === address);

describe('checking a file', () => {
  it('stores a verdict for each row, and changes nothing else', async () => {
    const competition = await aCompetition({ organizer });
    const [seated, manager] = [await aPerson(), await aPerson()];
    await registerMany([seated], competition);
    await allJobsSettled();
    await employ(manager, competition, 'MANAGER');
    await client.invite(organizer, competition, ['asked@example.org']);
    const file = csv(
      'new@example.org,New',
      `${seated.email.toUpperCase()},In`,
      `${manager.email},Staff`,
      'asked@example.org,',
      'NEW@example.org,Again',
      'no address,Broken',
    );
    const { status, body } = await client.upload(organizer, competition, file);
    expect([status, body.state, body.counts, body.fileName]).toEqual([
      201,
      'checked',
      { NEW: 1, ALREADY_ACTIVE: 3, DUPLICATE_IN_FILE: 1, INVALID: 1 },
      'people.csv',
    ]);
    const { items, total } = (await client.readImport(organizer, competition, body.id, '/rows')).body;
    expect(total).toBe(6);
    expect(items.map((item: Record<string, unknown>) => [item.row, item.verdict, item.reason])).toEqual([
      [2, 'NEW', null],
      [3, 'ALREADY_ACTIVE', 'REGISTERED'],
      [4, 'ALREADY_ACTIVE', 'STAFF'],
      [5, 'ALREADY_ACTIVE', 'INVITED'],
      [6, 'DUPLICATE_IN_FILE', null],
      [7, 'INVALID', 'EMAIL_INVALID'],
    ]);
    const page = (await client.readImport(organizer, competition, body.id, '/rows?limit=1&verdict=ALREADY_ACTIVE'))
      .body;
    expect([page.total, page.items[0].row]).toEqual([3, 3]);
    const next = await client.readImport(
      organizer,
      competition,
      body.id,
      `/rows?limit=1&verdict=ALREADY_ACTIVE&cursor=${page.nextCursor}`,
    );
    expect(next.body.items[0].row).toBe(4);
    expect(await countRows('invitations', `competition_id = '${competition.id}'`)).toBe(1);
  });

  it('refuses files that are too large before they are read', async () => {
    const competition = await aCompetition({ organizer });
    const { status, body } = await client.upload(organizer, competition, Buffer.alloc(5 * 1024 * 1024 + 1, 'x'));
    expect([status, body.code, body.detail]).toEqual([413, 'BODY_TOO_LARGE', 'Choose a file of at most 5 MB.']);
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]);
    expect((await client.upload(organizer, competition, picture)).status).toBe(415);
    expect((await client.upload(organizer, competition, 'name\nAda')).body.code).toBe('CSV_COLUMN_MISSING');
  });

  it('is for those who may import, and only for imports of their own competition', async () => {
    const [competition, other] = [await aCompetition({ organizer }), await anOrganizer()];
    const elsewhere = await aCompetition({ organizer: other });
    const { body } = await client.upload(organizer, competition, csv('a@example.org,'));
    expect((await client.upload(other, competition, csv())).status).toBe(403);
    for (const rest of ['', '/rows', '/report.csv'])
      expect((await client.readImport(other, elsewhere, body.id, rest)).body.code).toBe('IMPORT_NOT_FOUND');
    expect((await client.commit(other, elsewhere, body.id)).body.code).toBe('IMPORT_NOT_FOUND');
  });
});

describe('committing an import', () => {
  it('registers people whose account has proved the address, and invites the others', async () => {
    const competition = await aCompetition({ organizer, capacity: 10 });
    const [proved, unproved, other] = [await aPerson(), await aPerson(), await anOrganizer()];
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [unproved.id]);
    const { committed, done } = await importFile(
      competition,
      csv(`${proved.email},P`, `${unproved.email},U`, `${other.email},O`, 'stranger@example.org,S'),
    );
    expect([committed.status, committed.body.state, committed.body.reserved]).toEqual([202, 'running', 4]);
    expect(done).toMatchObject({ state: 'done', handled: 4, seated: 1, invited: 3 });
    expect(await registrationsOf(competition)).toMatchObject([{ userId: proved.id, status: 'CONFIRMED' }]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 6, waiting: 0 });
    for (const { email } of [proved, unproved, other, { email: 'stranger@example.org' }])
      expect(mailsTo(email), email).toHaveLength(1);
    const { items } = (await client.readImport(organizer, competition, done.id, '/rows')).body;
    expect(items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'SEATED',
      'INVITED',
      'INVITED',
      'INVITED',
    ]);
  });

  it('reserves all seats first, or refuses', async () => {
    const competition = await aCompetition({ organizer, capacity: 2 });
    const { body } = await client.upload(
      organizer,
      competition,
      csv('1@example.org,', '2@example.org,', '3@example.org,'),
    );
    const { status, body: refused } = await client.commit(organizer, competition, body.id);
    expect([status, refused.code, refused.free]).toEqual([409, 'CAPACITY_TOO_SMALL', 2]);
    expect((await client.readImport(organizer, competition, body.id)).body.state).toBe('checked');
    expect(await countRows('invitations', `competition_id = '${competition.id}'`)).toBe(0);
  });

  it('stores one check for a request and its retries', async () => {
    const competition = await aCompetition({ organizer });
    const check = (file: string) => client.upload(organizer, competition, file, { key: 'check-once' });
    const [first, second] = [await check(csv('once@example.org,')), await check(csv('once@example.org,'))];
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await countRows('imports', `competition_id = '${competition.id}'`)).toBe(1);
    expect((await check(csv('other@example.org,'))).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('a retry of a check gets the stored response although the competition is for teams by now', async () => {
    const competition = await aCompetition({ organizer });
    const check = (key: string) => client.upload(organizer, competition, csv('before-teams@example.org,'), { key });
    const first = await check('check-before-teams');
    await rows('UPDATE competitions SET team_min = 1, team_max = 4 WHERE id = $1', [competition.id]);
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    expect((await check('check-before-teams')).text).toBe(first.text);
    expect((await check('check-after-teams')).body.code).toBe('NOT_FOR_TEAMS');
  });

  it('IM-02 the same file twice, with different keys, adds nobody the second time', async () => {
    const competition = await aCompetition({ organizer, capacity: 10 });
    const person = await aPerson();
    const file = csv(`${person.email},`, 'someone@example.org,');
    const { done: first } = await importFile(competition, file);
    const again = await client.commit(organizer, competition, first.id, {}, { key: crypto.randomUUID() });
    expect([again.status, again.body.state]).toEqual([202, 'done']);
    const { checked, done: second } = await importFile(competition, file);
    expect(checked.counts).toMatchObject({ NEW: 0, ALREADY_ACTIVE: 2 });
    expect(second).toMatchObject({ state: 'done', reserved: 0, seated: 0, invited: 0 });
    expect(await registrationsOf(competition)).toHaveLength(1);
    expect(await countRows('invitations', `competition_id = '${competition.id}'`)).toBe(2);
    expect(mailsTo('someone@example.org')).toHaveLength(1);
  });

  it('skips people whose own registration has used up the invitation before their row was handled', async () => {
    const [competition, person] = [await aCompetition({ organizer }), await aPerson()];
    await rows(`
      CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := 'infinity'; RETURN NEW; END $$;
      CREATE TRIGGER later BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.job = 'import') EXECUTE FUNCTION later()`);
    const { id } = (await client.upload(organizer, competition, csv(person.email))).body;
    await client.commit(organizer, competition, id);
    await rows('DROP FUNCTION later CASCADE');
    await registerMany([person], competition);
    const states = async () =>
      (await client.list(organizer, competition)).body.items.map(({ state }: { state: string }) => state);
    await expect.poll(states).toEqual(['redeemed']);
    await rows(`UPDATE outbox SET due_at = now() WHERE job = 'import' AND payload->>'importId' = $1`, [id]);
    await allJobsSettled();
    const { items } = (await client.readImport(organizer, competition, id, '/rows')).body;
    expect(items).toMatchObject([{ outcome: 'SKIPPED' }]);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('judges again who has come in since the file was checked, and ends nobody', async () => {
    const competition = await aCompetition({ organizer, capacity: 10 });
    const [early, fresh] = [await aPerson(), await aPerson()];
    const { body } = await client.upload(organizer, competition, csv(`${early.email},`, `${fresh.email},`));
    await registerMany([early], competition);
    await client.commit(organizer, competition, body.id);
    await allJobsSettled();
    const { items } = (await client.readImport(organizer, competition, body.id, '/rows')).body;
    expect(items).toMatchObject([
      { outcome: 'SKIPPED', reason: 'REGISTERED' },
      { outcome: 'SEATED', reason: null },
    ]);
    expect((await registrationsOf(competition)).map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
  });

  it('counts only those who are invited for the quota of the day, and says before how many may be', async () => {
    const staff = await anOrganizer();
    const competition = await aCompetition({ organizer: staff, capacity: 3_000 });
    const members = await people(2_001);
    const check = async (...lines: string[]) => (await client.upload(staff, competition, csv(...lines))).body;
    const guests = (n: number, name: string) => Array.from({ length: n }, (_, at) => `${name}-${at}@example.org,`);
    const file = await check(...members.map(({ email }) => email), ...guests(3, 'quota'));
    expect(file.invitations).toMatchObject({ count: 3, quota: { limit: 2_000, left: 2_000 } });
    expect((await client.commit(staff, competition, file.id)).body).toMatchObject({
      reserved: 2_004,
      invitations: null,
    });
    await rows(`UPDATE daily_quotas SET used = 1_999 WHERE user_id = $1 AND used = 3`, [staff.id]);
    const two = await check(...guests(2, 'tomorrow'));
    expect(two.invitations).toMatchObject({ count: 2, quota: { left: 1 } });
    const tomorrow = await client.commit(staff, competition, two.id);
    expect([tomorrow.status, tomorrow.body.detail]).toEqual([429, 'One more recipient is possible today.']);
    expect(Number(tomorrow.headers.get('retry-after'))).toBeGreaterThan(0);
    await allJobsSettled(240_000);
  }, 300_000);

  it('more people than a day’s quota can be imported without emails only, and the refusal promises no later day', async () => {
    const staff = await anOrganizer();
    const competition = await aCompetition({ organizer: staff, capacity: 3_000 });
    const lines = Array.from({ length: 2_001 }, (_, n) => `many-${n}@example.org`);
    const { id, invitations } = (await client.upload(staff, competition, csv(...lines))).body;
    expect(invitations).toMatchObject({ count: 2_001, quota: { limit: 2_000, left: 2_000 } });
    const refused = await client.commit(staff, competition, id);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
    expect(refused.body.detail).toBe('At most 2,000 recipients are possible a day.');
    expect((await client.commit(staff, competition, id, { notify: false })).status).toBe(202);
    await allJobsSettled(120_000);
  }, 180_000);

  it('without emails tells people in the mailbox only, and invites later', async () => {
    const competition = await aCompetition({ organizer, capacity: 10 });
    const [person, stranger] = [await aPerson(), 'later@example.org'];
    await importFile(competition, csv(`${person.email},`, `${stranger},Lee`), { notify: false });
    const { items } = (await get(api.url, '/api/mailbox', { token: person.token })).body;
    expect(items).toMatchObject([{ kind: 'CONFIRMED', delivery: 'mailbox' }]);
    expect(items[0].text).toContain(`The organizer has registered you for ${competition.title}`);
    expect([...mailsTo(person.email), ...mailsTo(stranger)]).toEqual([]);
    const [invitation] = (await client.list(organizer, competition, '?state=open')).body.items;
    expect(invitation).toMatchObject({ email: stranger, name: 'Lee', sentAt: null });
    await client.send(organizer, competition, [invitation.id]);
    await allJobsSettled();
    expect(mailsTo(stranger)).toHaveLength(1);
    const { body } = await client.withdraw(organizer, competition, [invitation.id]);
    expect(body.items[0].result).toBe('WITHDRAWN');
  });

  it('tells nobody that an invitation was withdrawn that was never sent', async () => {
    const competition = await aCompetition({ organizer, capacity: 10 });
    await importFile(competition, csv('untold@example.org,'), { notify: false });
    const [{ id }] = (await client.list(organizer, competition)).body.items;
    await client.withdraw(organizer, competition, [id]);
    await allJobsSettled();
    expect(mailsTo('untold@example.org')).toEqual([]);
  });

  it('IM-01 10,000 rows with broken ones, duplicates and mixed case: the others are in, with a report row by row', async () => {
    const competition = await aCompetition({ organizer, capacity: 10_000 });
    const members = await people(1_000);
    const lines = Array.from({ length: 10_000 }, (_, n) => {
      if (n % 33 === 0) return `broken ${n},Nobody`;
      if (n % 50 === 1) return `guest-${n - 1}@example.org,Twice`;
      const { email } = members[n / 10] ?? { email: `Guest-${n}@Example.org` };
      return `${n % 10 === 0 ? email.toUpperCase() : `Guest-${n}@Example.org`},"=Guest ${n}"`;
    });
    const { body: checked } = await client.upload(organizer, competition, csv(...lines));
    const { NEW, INVALID, DUPLICATE_IN_FILE } = checked.counts;
    expect(NEW + INVALID + DUPLICATE_IN_FILE).toBe(10_000);
    expect(INVALID).toBe(304);
    await client.commit(organizer, competition, checked.id, { notify: false });
    await allJobsSettled(240_000);
    const { body: done } = await client.readImport(organizer, competition, checked.id);
    expect(done).toMatchObject({ state: 'done', handled: NEW, seated: expect.any(Number) });
    expect(done.seated + done.invited).toBe(NEW);
    expect(await registrationsOf(competition)).toHaveLength(done.seated);
    const { text } = await client.readImport(organizer, competition, checked.id, '/report.csv');
    const report = text.trimEnd().split('\r\n');
    expect(report).toHaveLength(10_001);
    expect(report[0]).toBe('"Row","Name","E-mail","Verdict","Reason","Result"');
    expect(report[1]).toBe(`"2","Nobody","broken 0","INVALID","EMAIL_INVALID",""`);
    expect(report[3]).toBe(`"4","'=Guest 2","guest-2@example.org","NEW","","INVITED"`);
  }, 300_000);
});
