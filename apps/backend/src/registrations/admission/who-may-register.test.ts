import { STAFF_ROLES } from '@mini-compete/shared/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  aPerson,
  type CompetitionRow,
  employ,
  inHours,
  type Person,
  setVisibility,
} from '../../../test/support/factories.js';
import { seatsOf } from '../../../test/support/queries.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { aTeamCompetition, formTeam, teamClient } from '../../../test/support/teams.js';

let api: TestApi;
let { register } = participantClient('');
let teams: ReturnType<typeof teamClient>;
beforeAll(async () => {
  api = await startApi({ requireVerifiedEmail: true });
  ({ register } = participantClient(api.url));
  teams = teamClient(api.url);
});
afterAll(() => api.close());

const codeOf = async (person: Person, competition: { id: string }, options = {}) =>
  (await register(person, competition, options)).body.code ?? 'registered';

const mustVerify = (person: Person) =>
  api.pool.query('UPDATE users SET must_verify = true, email_verified_at = NULL WHERE id = $1', [person.id]);
const verify = (person: Person) =>
  api.pool.query('UPDATE users SET email_verified_at = now() WHERE id = $1', [person.id]);

describe('an account whose address has to be verified', () => {
  it('is refused until it is, before the competition is looked at, and after a key that was seen', async () => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    expect(await codeOf(person, competition, { key: 'seen' })).toBe('registered');
    await mustVerify(person);
    expect(await codeOf(person, competition)).toBe('EMAIL_NOT_VERIFIED');
    expect(await codeOf(person, { id: '01890000-0000-7000-8000-000000000000' })).toBe('EMAIL_NOT_VERIFIED');
    expect(await codeOf(person, competition, { key: 'seen' })).toBe('registered');
    const other = await aCompetition();
    await verify(person);
    expect(await codeOf(person, other)).toBe('registered');
  });

  it('is not refused by a server that does not require verified addresses', async () => {
    const lenient = await startApi({ databaseUrl: api.env.databaseUrl });
    const [person, competition] = [await aPerson(), await aCompetition()];
    await mustVerify(person);
    expect((await participantClient(lenient.url).register(person, competition)).status).toBe(201);
    await lenient.close();
  });

  it('does not cost the others of its batch their seats', async () => {
    const competition = await aCompetition({ capacity: 3 });
    const persons = await Promise.all(Array.from({ length: 6 }, () => aPerson()));
    await Promise.all([persons[0], persons[2], persons[4]].map((person) => mustVerify(person as Person)));
    const codes = await Promise.all(persons.map((person) => codeOf(person, competition)));
    expect(codes).toEqual(persons.map((_, i) => (i % 2 === 0 ? 'EMAIL_NOT_VERIFIED' : 'registered')));
  });

  it('EV-10 joins a team that has seats, or waits for them, only when it is', async () => {
    const competition = await aTeamCompetition({ capacity: 3 });
    const team = await formTeam(competition, 1);
    await teams.register(team, competition);
    const person = await aPerson();
    await mustVerify(person);
    expect(await teams.join(person, team)).toMatchObject({ status: 403, body: { code: 'EMAIL_NOT_VERIFIED' } });
    expect((await seatsOf(competition)).seatsLeft).toBe(2);

    const waiting = await formTeam(competition, 3);
    await teams.register(waiting, competition, { joinWaitlist: true });
    expect((await teams.join(person, waiting)).body.code).toBe('EMAIL_NOT_VERIFIED');
    await teams.withdraw(waiting.captain, waiting);

    await verify(person);
    expect((await teams.join(person, team)).body.registration).toMatchObject({ seats: 2 });
  });

  it('EV-10 joins a team that is not registered, which the captain cannot register before it is', async () => {
    const competition = await aTeamCompetition();
    const [team, person] = [await formTeam(competition, 1), await aPerson()];
    await mustVerify(person);
    expect((await teams.join(person, team)).status).toBe(200);
    expect((await teams.register(team, competition)).body).toMatchObject({
      code: 'TEAM_MEMBER_INELIGIBLE',
      member: { userId: person.id, reason: 'EMAIL_NOT_VERIFIED' },
    });
    await verify(person);
    expect((await teams.register(team, competition)).status).toBe(201);
  });
});

describe('an account from before addresses were verified', () => {
  it('EV-10 registers without verifying', async () => {
    const [person, competition] = [await aPerson(), await aCompetition()];
    await api.pool.query('UPDATE users SET must_verify = false, email_verified_at = NULL WHERE id = $1', [person.id]);
    expect(await codeOf(person, competition)).toBe('registered');
  });
});

describe('staff', () => {
  it.each(STAFF_ROLES)('%s cannot register for their own competition', async (role) => {
    const [person, competition, other] = [await aPerson(), await aCompetition(), await aCompetition()];
    await employ(person, competition, role);
    expect(await codeOf(person, competition)).toBe('STAFF_CANNOT_REGISTER');
    expect(await codeOf(person, other)).toBe('registered');
  });

  it('get this error, and not the one that registration has not opened', async () => {
    const person = await aPerson();
    const competition = await aCompetition({ regOpensAt: inHours(1), regDeadline: inHours(2) });
    await employ(person, competition, 'SCANNER');
    expect(await codeOf(person, competition)).toBe('STAFF_CANNOT_REGISTER');
  });
});

describe('a draft', () => {
  it('takes nobody and is unknown to everybody but its staff', async () => {
    const [person, staff, competition] = [await aPerson(), await aPerson(), await aCompetition()];
    await employ(staff, competition, 'MANAGER');
    await setVisibility(competition, 'DRAFT');
    expect(await codeOf(person, competition)).toBe('COMPETITION_NOT_FOUND');
    expect(await codeOf(staff, competition)).toBe('STAFF_CANNOT_REGISTER');
    await setVisibility(competition, 'UNLISTED');
    expect(await codeOf(person, competition)).toBe('registered');
  });
});

describe('a server of the previous version', () => {
  const registerAsBefore = async (person: Person, competition: CompetitionRow) => {
    const { rows } = await api.pool.query<{ verdict: string }>(
      `SELECT verdict FROM register_v1(ARRAY[$1]::uuid[], ARRAY[$2]::uuid[], ARRAY[$3]::uuid[], ARRAY[NULL], ARRAY[NULL]::bytea[],
                                       ARRAY[false], ARRAY[0], ARRAY[0], true, 2900)`,
      [competition.id, person.id, person.sessionId],
    );
    return rows[0]?.verdict;
  };

  it('decides the same, with the codes that it knows', async () => {
    const [person, staff, competition] = [await aPerson(), await aPerson(), await aCompetition({ capacity: 1 })];
    await employ(staff, competition, 'MANAGER');
    await mustVerify(person);
    expect(await registerAsBefore(staff, competition)).toBe('FORBIDDEN');
    expect(await registerAsBefore(person, competition)).toBe('PENDING');
    expect(await registerAsBefore(person, competition)).toBe('ALREADY_REGISTERED');
    expect(await registerAsBefore(await aPerson(), competition)).toBe('COMPETITION_FULL');
    await setVisibility(competition, 'DRAFT');
    expect(await registerAsBefore(await aPerson(), competition)).toBe('COMPETITION_NOT_FOUND');
  });

  it('adds people to teams as before', async () => {
    const [person, team] = [await aPerson(), await formTeam(await aTeamCompetition(), 1)];
    const joinAsBefore = 'SELECT join_team_v1($1, $2, 0, NULL, NULL) AS result';
    expect((await api.pool.query(joinAsBefore, [team.id, person.id])).rows).toEqual([{ result: 'JOINED' }]);
    expect((await api.pool.query(joinAsBefore, [team.id, person.id])).rows).toEqual([{ result: 'ALREADY_MEMBER' }]);
  });
});

it('sabotage of EV-10: without the check in register_v2, an unverified account gets a seat', async () => {
  const [person, competition] = [await aPerson(), await aCompetition()];
  await mustVerify(person);
  expect(await codeOf(person, competition)).toBe('EMAIL_NOT_VERIFIED');
  await sabotage('register_v2', 'e.verified_only AND u.must_verify AND u.email_verified_at IS NULL', 'false');
  expect(await codeOf(person, competition)).toBe('registered');
});

it('sabotage of EV-10: without the check in join_team_v2, an unverified account gets a seat in a team', async () => {
  const competition = await aTeamCompetition();
  const [team, person] = [await formTeam(competition, 1), await aPerson()];
  await teams.register(team, competition);
  await mustVerify(person);
  expect((await teams.join(person, team)).body.code).toBe('EMAIL_NOT_VERIFIED');
  await sabotage('join_team_v2', 'p_verified_only AND', 'false AND');
  expect((await teams.join(person, team)).body.registration).toMatchObject({ seats: 2 });
});
