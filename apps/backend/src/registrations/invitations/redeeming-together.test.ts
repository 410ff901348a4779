import { randomUUID } from 'node:crypto';
import { Redeem } from '@mini-compete/shared/invitations';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, type Person, people, registerMany } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { inTheLastInstant } from '../../../test/support/last-instant.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { answersIn, aQuestion, askQuestions } from '../../../test/support/questions.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { invitationToken } from '../../messaging/templates/invitation-link.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { ReceivedInvitationsService } from './received-invitations.service.js';

let servers: [TestApi, TestApi];
beforeEach(async () => {
  const first = await startApi();
  servers = [first, await startApi({ databaseUrl: first.env.databaseUrl })];
  // The first request of a process also opens connections and compiles what it runs.
  const invited = await withInvitations(2);
  await Promise.all(invited.persons.map((person, at) => redeem(invited, person, at)));
});
afterEach(async () => {
  expect(await checkInvariants(servers[0].pool)).toEqual([]);
  for (const server of servers.toReversed()) await server.close();
});

const serverOf = (at: number) => servers[at % 2 === 0 ? 0 : 1];

/** Open invitations of `n` people, and the tokens of their links. */
async function withInvitations(n: number, { capacity = n }: { capacity?: number } = {}) {
  const [organizer, persons] = [await anOrganizer(), await people(n)];
  const competition = await aCompetition({ organizer, capacity });
  const emails = persons.map(({ email }) => email);
  const { items } = (await invitationClient(servers[0].url).invite(organizer, competition, emails)).body;
  const tokens = new Map<Person, string>();
  for (const [at, person] of persons.entries()) tokens.set(person, invitationToken(TEST_SECRET, items[at].id));
  return { competition, persons, tokens };
}

const NO_ANSWERS = Redeem.parse({});

type Invited = Awaited<ReturnType<typeof withInvitations>>;

const redeem = ({ tokens }: Invited, person: Person, at: number, key?: string) =>
  invitationClient(serverOf(at).url).redeem(person, `https://x.test/?token=${tokens.get(person)}`, { key });

function redeemInTheLastInstant(
  { competition, tokens }: Invited,
  persons: readonly Person[],
  answers: ReadonlyMap<Person, Redeem> = new Map(),
) {
  return inTheLastInstant(
    persons,
    competition,
    `UPDATE invitations SET expires_at = date_trunc('milliseconds', clock_timestamp()) + interval '500 milliseconds'
     WHERE competition_id = $1 AND ended_at IS NULL`,
    (caller, person, at) =>
      serverOf(at)
        .app.get(ReceivedInvitationsService)
        .redeem(tokens.get(person) ?? '', answers.get(person) ?? NO_ANSWERS, caller),
  );
}

it('IV-08 250 people who accept at once on two servers in the last instant are all in', async () => {
  const invited = await withInvitations(250);
  const { competition, persons } = invited;
  const others = await people(20);
  const { results } = await redeemInTheLastInstant(invited, persons);
  const pressing = others.map((person, at) => participantClient(serverOf(at).url).register(person, competition));
  expect(await results).toEqual({ 200: 250 });
  expect(tally(await Promise.all(pressing))).toEqual({ COMPETITION_FULL: 20 });
  const registrations = await registrationsOf(competition);
  expect(registrations.map(({ status }) => status)).toEqual(Array(250).fill('PENDING'));
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  expect(await rows('SELECT reserved FROM competitions WHERE id = $1', [competition.id])).toEqual([{ reserved: 0 }]);
  const isOfThis = `payload->>'registrationId' IN (SELECT id::text FROM registrations WHERE competition_id = '${competition.id}')`;
  expect(await countRows('outbox', `job = 'confirmation' AND ${isOfThis}`)).toBe(250);
});

it('sabotage of IV-08: without the 3 s of grace, their seats are gone', async () => {
  await sabotage('expiry_due_at', ` + '00:00:03'::interval`, '');
  await sabotage('settle_v1', ` - interval '3 seconds'`, '');
  const invited = await withInvitations(20);
  const { results } = await redeemInTheLastInstant(invited, invited.persons);
  expect(await results).toEqual({ INVITATION_EXPIRED: 20 });
});

it('IV-08 each of those who accept at once is told what concerns them', async () => {
  const invited = await withInvitations(60, { capacity: 70 });
  const { competition, persons, tokens } = invited;
  const group = (n: number) => persons.slice(n * 10, n * 10 + 10);
  const [fine, unverified, withdrawn, seated, wrong, outdated] = [
    group(0),
    group(1),
    group(2),
    group(3),
    group(4),
    group(5),
  ];
  const strangers = await people(10);
  for (const [at, person] of strangers.entries()) tokens.set(person, tokens.get(persons[at] as Person) ?? '');
  const idsOf = (group: readonly Person[]) => group.map(({ id }) => id);
  await registerMany(seated, competition);
  await askQuestions(competition, [aQuestion('size', { kind: 'CHOICE', options: ['S', 'M'], required: true })]);
  await rows('UPDATE users SET email_verified_at = NULL WHERE id = ANY ($1)', [idsOf(unverified)]);
  await rows(
    `SELECT end_invitations_v1($1, array_agg(i.id), 'WITHDRAWN', NULL)
     FROM invitations i JOIN users u USING (email) WHERE u.id = ANY ($2)`,
    [competition.id, idsOf(withdrawn)],
  );
  const all = [...persons, ...strangers];
  const answers = new Map<Person, Redeem>(
    all.map((person) => [person, { answers: { size: 'M' }, questionsVersion: 1 }]),
  );
  for (const person of wrong) answers.set(person, { answers: { size: 'XXL' }, questionsVersion: 1 });
  for (const person of outdated) answers.set(person, NO_ANSWERS);

  const { results } = await redeemInTheLastInstant(invited, [...all, ...fine], answers);
  expect(await results).toEqual({
    200: 10,
    INVITATION_USED: 10,
    EMAIL_NOT_VERIFIED: 10,
    INVITATION_WITHDRAWN: 10,
    ALREADY_REGISTERED: 10,
    VALIDATION_FAILED: 10,
    QUESTIONS_CHANGED: 10,
    INVITATION_FOR_OTHER: 10,
  });
  const seatedNow = (await registrationsOf(competition)).map(({ userId }) => userId);
  expect(seatedNow.toSorted()).toEqual(idsOf([...fine, ...seated]).toSorted());
  expect(await answersIn(competition)).toEqual(Array(10).fill({ version: 1, answers: { size: 'M' }, consents: {} }));
});

it('sabotage of IV-08: if not only the first of several requests of a person counted, the whole batch would fail', async () => {
  await sabotage('redeem_v2', 'DISTINCT ON (user_id)', '');
  const invited = await withInvitations(10);
  const { results } = await redeemInTheLastInstant(invited, [...invited.persons, ...invited.persons]);
  expect((await results)[200] ?? 0).toBeLessThan(10);
});

it('IV-08 retries on both servers get the same response, and a refusal of one leaves its key free', async () => {
  const invited = await withInvitations(50);
  const [late, ...inTime] = invited.persons as [Person, ...Person[]];
  await rows('UPDATE users SET email_verified_at = NULL WHERE id = $1', [late.id]);
  const keys = new Map(invited.persons.map(({ id }) => [id, randomUUID()]));
  const accept = (person: Person, at: number) => redeem(invited, person, at, keys.get(person.id));
  const [first, second, refused] = await Promise.all([
    Promise.all(inTime.map((person) => accept(person, 0))),
    Promise.all(inTime.map((person) => accept(person, 1))),
    accept(late, 0),
  ]);
  expect([tally(first), tally(second), refused.body.code]).toEqual([{ 200: 49 }, { 200: 49 }, 'EMAIL_NOT_VERIFIED']);
  expect(second.map(({ text }) => text)).toEqual(first.map(({ text }) => text));
  const replayed = [...first, ...second].filter(({ headers }) => headers.has('idempotent-replayed'));
  expect(replayed).toHaveLength(49);
  await rows('UPDATE users SET email_verified_at = now() WHERE id = $1', [late.id]);
  expect((await accept(late, 1)).status).toBe(200);
});
