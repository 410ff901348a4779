import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient, staffClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { expireIn, invitationClient } from '../../../test/support/invitation-client.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { answersIn, aQuestion, askQuestions } from '../../../test/support/questions.js';
import { invitationPath } from '../../messaging/templates/invitation-link.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

let api: TestApi;
let invitations: ReturnType<typeof invitationClient>;
let participants: ReturnType<typeof participantClient>;
let organizers: ReturnType<typeof organizerClient>;
let organizer: Person;
beforeAll(async () => {
  api = await startApi({ frontendUrl: 'https://compete.example.org', invitationsPerDay: 500 });
  invitations = invitationClient(api.url);
  participants = participantClient(api.url);
  organizers = organizerClient(api.url);
  organizer = await anOrganizer();
});
afterEach(async () => {
  const broken = (await checkInvariants(api.pool)).filter(({ id }) => !['I7', 'I8'].includes(id));
  expect(broken).toEqual([]);
});
afterAll(() => api.close());

let addresses = 0;
const anAddress = () => `guest-${++addresses}@example.org`;
const addressesOf = (n: number) => Array.from({ length: n }, anAddress);
type Competition = { readonly id: string };
const reservedOf = async ({ id }: Competition) =>
  (await rows<{ reserved: number }>('SELECT reserved FROM competitions WHERE id = $1', [id]))[0]?.reserved;

/** A participant with an open invitation. */
async function invited(options: Parameters<typeof aCompetition>[0] = {}) {
  const [competition, person] = [await aCompetition({ organizer, ...options }), await aPerson()];
  return { competition, person, link: await invitations.linkFor(organizer, competition, person.email) };
}

describe('inviting people', () => {
  it('reserves a seat for each address', async () => {
    const competition = await aCompetition({ organizer, capacity: 5 });
    const [first, second] = addressesOf(2);
    const { status, body } = await invitations.invite(organizer, competition, [first!, second!.toUpperCase()]);
    expect(status).toBe(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['INVITED', 'INVITED']);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 3, waiting: 0 });
    expect(await reservedOf(competition)).toBe(2);
  });

  it('reserves all seats or none, and says how many are free', async () => {
    const competition = await aCompetition({ organizer, capacity: 3 });
    await invitations.invite(organizer, competition, addressesOf(1));
    const { status, body } = await invitations.invite(organizer, competition, addressesOf(3));
    expect([status, body.code, body.free]).toEqual([409, 'CAPACITY_TOO_SMALL', 2]);
    expect(body.detail).toBe('Only 2 seats are free. Nobody was invited.');
    expect(await countRows('invitations', `competition_id = '${competition.id}'`)).toBe(1);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 2, waiting: 0 });
  });

  it('has no seat for anybody while people are waiting who may still be promoted', async () => {
    const competition = await aCompetition({ organizer, capacity: 1 });
    await registerMany(await people(2), competition, { join: true });
    const { body } = await invitations.invite(organizer, competition, addressesOf(1));
    expect([body.code, body.free]).toEqual(['CAPACITY_TOO_SMALL', 0]);
    expect(body.detail).toMatch(/^People are on the waitlist/);
    expect((await invitations.list(organizer, competition)).body.free).toBe(0);
  });

  it('says in the order of the addresses who needs no invitation', async () => {
    const competition = await aCompetition({ organizer });
    const [seated, manager] = await people(2);
    await registerMany([seated!], competition);
    await employ(manager!, competition, 'MANAGER');
    const [again, fresh] = addressesOf(2);
    await invitations.invite(organizer, competition, [again!]);
    const { body } = await invitations.invite(organizer, competition, [
      seated!.email,
      fresh!,
      manager!.email,
      again!,
      fresh!,
    ]);
    expect(body.items.map(({ result, code }: { result?: string; code?: string }) => result ?? code)).toEqual([
      'ALREADY_REGISTERED',
      'INVITED',
      'STAFF_CANNOT_REGISTER',
      'ALREADY_INVITED',
      'ALREADY_INVITED',
    ]);
    expect(await reservedOf(competition)).toBe(2);
  });

  it('answers a replay with the same response, and invites nobody twice', async () => {
    const competition = await aCompetition({ organizer });
    const emails = addressesOf(3);
    const expiresAt = inHours(24).toISOString();
    const send = () => invitations.invite(organizer, competition, emails, { expiresAt }, { key: 'invite-once' });
    const [first, second] = [await send(), await send()];
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await reservedOf(competition)).toBe(3);
  });

  it('reserves no seat in the past, and none beyond the start', async () => {
    const competition = await aCompetition({ organizer });
    for (const [hours, message] of [
      [-1, 'Choose a time in the future.'],
      [49, 'Choose a time before the competition starts.'],
    ] as const) {
      const { status, body } = await invitations.invite(organizer, competition, addressesOf(1), {
        expiresAt: inHours(hours).toISOString(),
      });
      expect([status, body.errors]).toEqual([400, [{ path: 'expiresAt', message }]]);
    }
  });

  it('invites nobody to a draft or to a canceled competition', async () => {
    const draft = await aCompetition({ organizer, visibility: 'DRAFT' });
    expect((await invitations.invite(organizer, draft, addressesOf(1))).body.code).toBe('REGISTRATION_NOT_OPEN');
    const canceled = await aCompetition({ organizer });
    await organizers.cancel(organizer, canceled);
    expect((await invitations.invite(organizer, canceled, addressesOf(1))).body.code).toBe('COMPETITION_CANCELLED');
  });

  it('takes 256 addresses or invitations at once, and refuses 257', async () => {
    const owner = await anOrganizer();
    const competition = await aCompetition({ organizer: owner, capacity: 300 });
    const invited = await invitations.invite(owner, competition, addressesOf(256));
    expect([invited.status, invited.body.items.length]).toEqual([200, 256]);
    expect((await invitations.invite(owner, competition, addressesOf(257))).status).toBe(400);
    const ids = invited.body.items.map(({ id }: { id: string }) => id);
    const tooMany = [...ids, randomUUID()];
    for (const act of [invitations.send, invitations.withdraw])
      expect((await act(owner, competition, tooMany)).status).toBe(400);
    expect((await invitations.withdraw(owner, competition, ids)).status).toBe(200);
    expect(await reservedOf(competition)).toBe(0);
  });

  it('stops at the quota of the day, which counts all competitions of an organizer, and only those who were invited', async () => {
    const owner = await anOrganizer();
    const [first, second] = [
      await aCompetition({ organizer: owner, capacity: 600 }),
      await aCompetition({ organizer: owner, capacity: 600 }),
    ];
    const emails = addressesOf(250);
    for (const competition of [first, second]) await invitations.invite(owner, competition, emails);
    const { status, body, headers } = await invitations.invite(owner, second, addressesOf(1));
    expect([status, body.code, body.quota.left]).toEqual([429, 'QUOTA_EXCEEDED', 0]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await invitations.invite(owner, second, emails)).status).toBe(200);
    expect(await reservedOf(second)).toBe(250);
  });

  it('needs a verified address of the person who invites where that is required', async () => {
    const strict = await startApi({ databaseUrl: api.env.databaseUrl, requireVerifiedEmail: true });
    const [owner] = [await anOrganizer()];
    await rows('UPDATE users SET email_verified_at = NULL WHERE id = $1', [owner.id]);
    const competition = await aCompetition({ organizer: owner });
    const { body } = await invitationClient(strict.url).invite(owner, competition, addressesOf(1));
    expect(body.code).toBe('EMAIL_NOT_VERIFIED');
    await strict.close();
  });
});

describe('accepting an invitation', () => {
  it('turns the reserved seat into a registration, also when registration is closed', async () => {
    const { competition, person, link } = await invited({ capacity: 1, regDeadline: inHours(1) });
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 minute' WHERE id = $1`, [competition.id]);
    const read = await invitations.read(person, link);
    expect(read.body).toMatchObject({ title: competition.title, invitedBy: organizer.name, obstacle: null });
    const { status, body } = await invitations.redeem(person, link);
    expect([status, body.status]).toEqual([200, 'PENDING']);
    expect(await registrationsOf(competition)).toMatchObject([{ userId: person.id, status: 'PENDING' }]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    expect(await reservedOf(competition)).toBe(0);
    expect((await invitations.redeem(person, link)).body.code).toBe('INVITATION_USED');
    expect((await invitations.read(person, link)).body.code).toBe('INVITATION_USED');
  });

  it('is only for the account with this address, and only once the address is verified', async () => {
    const { competition, person, link } = await invited();
    const other = await aPerson();
    expect((await invitations.read(other, link)).body.code).toBe('INVITATION_FOR_OTHER');
    expect((await invitations.redeem(other, link)).body.code).toBe('INVITATION_FOR_OTHER');
    // An account from before addresses were verified: it may register, but not redeem.
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [person.id]);
    expect((await invitations.read(person, link)).body.obstacle).toBe('EMAIL_NOT_VERIFIED');
    expect((await invitations.redeem(person, link)).body.code).toBe('EMAIL_NOT_VERIFIED');
    expect(await registrationsOf(competition)).toEqual([]);
  });

  it('is not for accounts of organizers, nor for the staff', async () => {
    const [competition, other, manager] = [await aCompetition({ organizer }), await anOrganizer(), await aPerson()];
    const link = await invitations.linkFor(organizer, competition, other.email);
    expect((await invitations.read(other, link)).body.obstacle).toBe('NOT_A_PARTICIPANT');
    expect((await invitations.redeem(other, link)).status).toBe(403);
    const staffLink = await invitations.linkFor(organizer, competition, manager.email);
    await employ(manager, competition, 'MANAGER');
    expect((await invitations.redeem(manager, staffLink)).body.code).toBe('STAFF_CANNOT_REGISTER');
  });

  it('is not possible with a token that somebody has made up, or that is for another purpose', async () => {
    const { person, link } = await invited();
    expect((await invitations.redeem(person, `${link.slice(0, -2)}xx`)).body.code).toBe('INVITATION_NOT_FOUND');
    const path = invitationPath('another-secret-that-is-long-enough-for-it', crypto.randomUUID());
    expect((await invitations.read(person, `https://x.test${path}`)).body.code).toBe('INVITATION_NOT_FOUND');
    const unknown = invitationPath(TEST_SECRET, crypto.randomUUID());
    expect((await invitations.read(person, `https://x.test${unknown}`)).body.code).toBe('INVITATION_NOT_FOUND');
    const { invite, readInvitation } = staffClient(api.url);
    const { body } = await invite(organizer, await aCompetition({ organizer }), { email: person.email, role: 'OWNER' });
    expect((await invitations.read(person, body.link)).body.code).toBe('INVITATION_NOT_FOUND');
    expect((await readInvitation(person, link)).body.code).toBe('STAFF_INVITATION_NOT_FOUND');
  });

  it('IV-03 leaves the waitlist, which closes up', async () => {
    const { competition, person, link } = await invited({ capacity: 2 });
    const [seated, behind] = await people(2);
    await registerMany([seated!, person, behind!], competition, { join: true });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 2 });
    expect((await invitations.read(person, link)).body.registrationStatus).toBe('WAITLISTED');
    expect((await invitations.redeem(person, link)).status).toBe(200);
    const active = await registrationsOf(competition);
    expect(active.map(({ userId, status }) => [userId, status])).toEqual(
      expect.arrayContaining([
        [person.id, 'PENDING'],
        [behind!.id, 'WAITLISTED'],
      ]),
    );
    expect(active.filter(({ userId }) => userId === person.id)).toHaveLength(1);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
  });

  it('tells people who are in that they are', async () => {
    const { competition, person, link } = await invited();
    const [registrationId] = await registerMany([person], competition);
    const { status, body } = await invitations.redeem(person, link);
    expect([status, body.code, body.registrationId]).toEqual([409, 'ALREADY_REGISTERED', registrationId]);
    expect((await invitations.read(person, link)).body.code).toBe('ALREADY_REGISTERED');
  });

  it('needs the answers that registering needs, and stores them', async () => {
    const { competition, person, link } = await invited();
    await askQuestions(competition, [aQuestion('size', { kind: 'CHOICE', options: ['S', 'M'], required: true })]);
    const redeem = (body?: object) => invitations.redeem(person, link, { body });
    const outdated = await redeem();
    expect([outdated.status, outdated.body.code, outdated.body.questionsVersion]).toEqual([
      409,
      'QUESTIONS_CHANGED',
      1,
    ]);
    const invalid = await redeem({ answers: { size: 'XXL' }, questionsVersion: 1 });
    expect([invalid.status, invalid.body.errors[0].path]).toEqual([400, 'answers.size']);
    expect(await reservedOf(competition)).toBe(1);
    expect((await redeem({ answers: { size: 'M' }, questionsVersion: 1 })).status).toBe(200);
    expect(await answersIn(competition)).toEqual([{ version: 1, answers: { size: 'M' }, consents: {} }]);
  });

  it('is possible for servers of the previous version, by a function of their own', async () => {
    const { competition, person } = await invited();
    const results = await rows(
      `SELECT r.verdict FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c, invitations i,
              LATERAL redeem_v1(c.id, ARRAY[i.id], ARRAY[$2::uuid], 5, ARRAY[NULL::integer], ARRAY[NULL::jsonb], $2::uuid) r
       WHERE i.competition_id = c.id`,
      [competition.id, person.id],
    );
    expect(results).toEqual([{ verdict: 'PENDING' }]);
    expect(await registrationsOf(competition)).toMatchObject([{ userId: person.id, status: 'PENDING' }]);
  });

  it('answers a replay with the same response', async () => {
    const { competition, person, link } = await invited();
    const send = () => invitations.redeem(person, link, { key: 'redeem-once' });
    const [first, second] = [await send(), await send()];
    expect([second.status, second.text]).toEqual([200, first.text]);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });
});

describe('a seat that is reserved for the reader', () => {
  const readCompetition = ({ token }: { token?: string | undefined }, { id }: Competition) =>
    get(api.url, `/api/competitions/${id}`, { token });
  const invitationSeenBy = async (reader: { token?: string }, competition: Competition) =>
    (await readCompetition(reader, competition)).body.invitation;
  const listedFor = async ({ token }: Person) =>
    (await get(api.url, '/api/competitions/registrations/my?status=active', { token })).body.invitations;

  it('IV-07 is part of the competition and of the own registrations, and can be taken without the mail', async () => {
    const expiresAt = inHours(24).toISOString();
    const [competition, person] = [await aCompetition({ organizer, capacity: 1 }), await aPerson()];
    await invitations.invite(organizer, competition, [person.email], { expiresAt });
    const read = await readCompetition(person, competition);
    expect(read.headers.get('cache-control')).toBe('no-store');
    expect(read.body.status).toBe('full');
    expect(read.body.invitation).toEqual({ token: expect.any(String), expiresAt });
    const { token } = read.body.invitation;
    expect(await listedFor(person)).toEqual([
      { token, expiresAt, competition: expect.objectContaining({ id: competition.id, title: competition.title }) },
    ]);
    expect((await invitations.redeem(person, `https://x.test/?token=${token}`)).body.status).toBe('PENDING');
    expect(await invitationSeenBy(person, competition)).toBe(null);
    expect(await listedFor(person)).toEqual([]);
  });

  it('IV-07 is seen by nobody else', async () => {
    const { competition } = await invited();
    expect(await invitationSeenBy({}, competition)).toBe(null);
    expect(await invitationSeenBy(await aPerson(), competition)).toBe(null);
    expect(await invitationSeenBy(organizer, competition)).toBe(null);
    expect(await listedFor(await aPerson())).toEqual([]);
  });

  it('IV-07 is also for people who wait or have applied, and not for those who have a seat', async () => {
    const { competition, person } = await invited({ capacity: 2 });
    const [seated] = await people(1);
    await registerMany([seated!, person], competition, { join: true });
    expect(await invitationSeenBy(person, competition)).not.toBe(null);
    expect(await listedFor(person)).toHaveLength(1);
    await participants.leave(person, competition);
    await participants.leave(seated!, competition);
    await registerMany([person], competition);
    expect(await invitationSeenBy(person, competition)).toBe(null);
    expect(await listedFor(person)).toEqual([]);
  });

  it('IV-07 can be taken once the address is verified', async () => {
    const { competition, person } = await invited();
    await rows('UPDATE users SET email_verified_at = NULL, must_verify = false WHERE id = $1', [person.id]);
    const { token } = await invitationSeenBy(person, competition);
    const redeem = () => invitations.redeem(person, `https://x.test/?token=${token}`);
    expect((await redeem()).body.code).toBe('EMAIL_NOT_VERIFIED');
    await rows('UPDATE users SET email_verified_at = now() WHERE id = $1', [person.id]);
    expect((await redeem()).status).toBe(200);
  });

  it('IV-07 is not shown once it has expired, or the competition is canceled', async () => {
    const { competition, person } = await invited();
    await expireIn(competition, -1);
    expect(await invitationSeenBy(person, competition)).toBe(null);
    expect(await listedFor(person)).toEqual([]);
    const canceled = await invited();
    await organizers.cancel(organizer, canceled.competition);
    expect(await invitationSeenBy(canceled.person, canceled.competition)).toBe(null);
    expect(await listedFor(canceled.person)).toEqual([]);
  });
});

describe('the end of an invitation', () => {
  it('by its withdrawal gives the seat to the waitlist in the same commit', async () => {
    const { competition, person, link } = await invited({ capacity: 1 });
    const [waiting] = await people(1);
    await participants.join(waiting!, competition);
    const { items } = (await invitations.list(organizer, competition)).body;
    const unknown = crypto.randomUUID();
    const { body } = await invitations.withdraw(organizer, competition, [unknown, items[0].id]);
    expect(body.items).toEqual([
      { id: unknown, code: 'INVITATION_NOT_FOUND' },
      { id: items[0].id, result: 'WITHDRAWN' },
    ]);
    expect(await registrationsOf(competition)).toMatchObject([{ userId: waiting!.id, status: 'PENDING' }]);
    expect((await invitations.redeem(person, link)).body.code).toBe('INVITATION_WITHDRAWN');
    const again = await invitations.withdraw(organizer, competition, [items[0].id]);
    expect(again.body.items[0].code).toBe('INVITATION_WITHDRAWN');
  });

  it('by its expiry gives the seat on too, three seconds later', async () => {
    const { competition, person, link } = await invited({ capacity: 1 });
    const [waiting, late] = await people(2);
    await participants.join(waiting!, competition);
    await expireIn(competition, -1);
    await rows('SELECT settle_v1($1)', [competition.id]);
    expect(await reservedOf(competition)).toBe(1);
    expect((await invitations.redeem(person, link)).body.code).toBe('INVITATION_EXPIRED');
    await expireIn(competition, -4);
    expect((await participants.join(late!, competition)).body.status).toBe('WAITLISTED');
    expect(await registrationsOf(competition)).toMatchObject([
      { userId: waiting!.id, status: 'PENDING' },
      { userId: late!.id, status: 'WAITLISTED' },
    ]);
    expect((await invitations.read(person, link)).body.code).toBe('INVITATION_EXPIRED');
    expect((await invitations.list(organizer, competition, '?state=expired')).body.items).toHaveLength(1);
  });

  it('by the cancellation of the competition is told to the person who opens it', async () => {
    const { competition, person, link } = await invited();
    await organizers.cancel(organizer, competition);
    expect((await invitations.read(person, link)).body.code).toBe('COMPETITION_CANCELLED');
    expect((await invitations.redeem(person, link)).body.code).toBe('COMPETITION_CANCELLED');
  });
});

describe('the list of invitations', () => {
  it('has their states, finds them by parts of the address, and has links for open ones only', async () => {
    const competition = await aCompetition({ organizer, capacity: 20 });
    const [redeemer, withdrawn, open] = [await aPerson(), 'gone@example.org', 'still-open@example.org'];
    const link = await invitations.linkFor(organizer, competition, redeemer.email);
    await invitations.redeem(redeemer, link);
    const sent = (await invitations.invite(organizer, competition, [withdrawn, open])).body.items;
    await invitations.withdraw(organizer, competition, [sent[0].id]);
    const all = (await invitations.list(organizer, competition)).body;
    expect(
      all.items.map(({ email, state, link: path }: Record<string, unknown>) => [email, state, path !== null]),
    ).toEqual([
      [open, 'open', true],
      [withdrawn, 'withdrawn', false],
      [redeemer.email, 'redeemed', false],
    ]);
    expect(all).toMatchObject({ total: 3, free: 18, nextCursor: null });
    const page = (await invitations.list(organizer, competition, '?limit=2')).body;
    const rest = (await invitations.list(organizer, competition, `?limit=2&cursor=${page.nextCursor}`)).body;
    expect(rest.items).toMatchObject([{ email: redeemer.email }]);
    expect((await invitations.list(organizer, competition, '?search=STILL')).body.items).toHaveLength(1);
    expect((await invitations.list(organizer, competition, '?state=redeemed')).body.total).toBe(1);
  });

  it('is for those who may invite', async () => {
    const competition = await aCompetition({ organizer });
    const [manager, reviewer] = await people(2);
    await employ(manager!, competition, 'MANAGER');
    await employ(reviewer!, competition, 'REVIEWER');
    expect((await invitations.list(manager!, competition)).status).toBe(200);
    expect((await invitations.list(reviewer!, competition)).status).toBe(403);
    expect((await invitations.invite(reviewer!, competition, addressesOf(1))).status).toBe(403);
  });
});

it('the history says what a person was before accepting', async () => {
  const { competition, person, link } = await invited({ capacity: 2 });
  const [seated] = await people(1);
  await registerMany([seated!, person], competition, { join: true });
  await invitations.redeem(person, link);
  const path = `/api/competitions/${competition.id}/history?kind=registrations`;
  const { items } = (await get(api.url, path, { token: organizer.token })).body;
  expect(items[0]).toMatchObject({
    action: 'registration.redeemed',
    changes: [{ field: 'status', before: 'WAITLISTED', after: 'SEATED' }],
  });
});

it('the history says who invited, who accepted and who withdrew, and names no invited address', async () => {
  const { competition, person, link } = await invited();
  const { body } = await invitations.invite(organizer, competition, ['unnamed@example.org']);
  await invitations.withdraw(organizer, competition, [body.items[0].id]);
  await invitations.redeem(person, link);
  const historyOf = async (kind: string) => {
    const path = `/api/competitions/${competition.id}/history?kind=${kind}`;
    return (await get(api.url, path, { token: organizer.token })).body.items as {
      action: string;
      actor: { id: string };
      person: { id: string } | null;
    }[];
  };
  const entries = await historyOf('invitations');
  expect(entries.map(({ action }) => action)).toEqual(['invitation.withdrawn', 'invitation.sent', 'invitation.sent']);
  expect(JSON.stringify(entries)).not.toContain('unnamed@example.org');
  expect(await historyOf('registrations')).toMatchObject([
    { action: 'registration.redeemed', actor: { id: person.id }, person: { id: person.id } },
  ]);
});
