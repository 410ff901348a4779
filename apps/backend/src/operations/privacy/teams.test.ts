import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { anOrganizer, aPerson, inHours, type Person, people } from '../../../test/support/factories.js';
import { answerAsMember, aTeam, leaveTeam, type NamedTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows, seatsOf } from '../../../test/support/queries.js';
import { aQuestion, askQuestions } from '../../../test/support/questions.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { removeOldMessages } from '../clean-up/retention.js';
import { accountData } from './account-data.js';
import { ErasureService } from './erasure.service.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** As after a restore, which needs no password. */
const erase = ({ id }: Person) => api.app.get(ErasureService).eraseAgain([id]);
const three = async () => (await people(3)) as [Person, Person, Person];
const membersOf = ({ id }: NamedTeam) =>
  rows<{ userId: string; leftHow: string | null }>(
    'SELECT user_id AS "userId", left_how AS "leftHow" FROM team_members WHERE team_id = $1 ORDER BY joined_at',
    [id],
  );
const answersOf = ({ id }: NamedTeam) =>
  rows(
    'SELECT a.answers FROM team_member_answers a JOIN team_members m ON m.id = a.member_id WHERE m.team_id = $1 ORDER BY m.joined_at',
    [id],
  );
const teamAnswersOf = ({ id }: NamedTeam) =>
  rows(
    'SELECT a.answers FROM registration_answers a JOIN registrations r ON r.id = a.registration_id WHERE r.team_id = $1',
    [id],
  );

async function aRegisteredTeam(members: readonly Person[], options = {}) {
  const competition = await aTeamCompetition({ capacity: 3, ...options });
  await askQuestions(competition, [aQuestion('city'), aQuestion('size', { answeredBy: 'MEMBER' })]);
  const team = await aTeam(competition, members);
  for (const person of members) await answerAsMember(team, person, { size: `size of ${person.name}` });
  await registerTeam(team, { answers: { city: 'Bern' } });
  return { competition, team };
}

it('GD-01 erasing an account ends its membership, gives its seat on, and makes another member captain', async () => {
  const [captain, second, third] = await three();
  const { competition, team } = await aRegisteredTeam([captain, second, third]);
  const waiting = await aTeam(competition, [await aPerson()]);
  await registerTeam(waiting, { join: true });
  await erase(captain);
  expect(await membersOf(team)).toEqual([
    { userId: captain.id, leftHow: 'ERASED' },
    { userId: second.id, leftHow: null },
    { userId: third.id, leftHow: null },
  ]);
  expect(await rows('SELECT captain_id AS "captainId" FROM teams WHERE id = $1', [team.id])).toEqual([
    { captainId: second.id },
  ]);
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  expect((await answersOf(team)).map((row) => (row as { answers: object }).answers)).toEqual([
    {},
    { size: `size of ${second.name}` },
    { size: `size of ${third.name}` },
  ]);
  // The team goes on.
  expect(await teamAnswersOf(team)).toEqual([{ answers: { city: 'Bern' } }]);
});

it('GD-01 a team whose last member is erased ends with its registration and its answers, and its code stays unusable', async () => {
  const [only, stranger] = await three();
  const { competition, team } = await aRegisteredTeam([only]);
  await erase(only);
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 3, waiting: 0 });
  expect(await teamAnswersOf(team)).toEqual([{ answers: {} }]);
  const [joined] = await rows<{ result: string }>('SELECT join_team_v1($1, $2, 0, NULL, NULL) AS result', [
    team.id,
    stranger.id,
  ]);
  expect(joined?.result).toBe('TEAM_NOT_FOUND');
});

it('GD-01 erasing an account ends memberships of teams that are not registered, and none of a competition that has begun', async () => {
  const [person, other] = await three();
  const upcoming = await aTeam(await aTeamCompetition(), [person, other]);
  const begun = await aTeamCompetition();
  const past = await aTeam(begun, [person, other]);
  await rows('UPDATE competitions SET reg_deadline = $2, start_date = $2 WHERE id = $1', [begun.id, inHours(-1)]);
  await erase(person);
  expect((await membersOf(upcoming))[0]?.leftHow).toBe('ERASED');
  expect((await membersOf(past))[0]?.leftHow).toBeNull();
});

it('the export holds a person’s teams, what they have answered in them, and nothing about the other members', async () => {
  const named = ['Zebedee Quux', 'Ada', 'Yolanda Frith'].map((name) => aPerson({ name }));
  const [captain, member, other] = (await Promise.all(named)) as [Person, Person, Person];
  const { competition, team } = await aRegisteredTeam([captain, member, other]);
  await leaveTeam(team, member);
  const data = (await accountData(api.pool, member.id)) as Record<string, unknown[]>;
  expect(data).toMatchObject({
    teams: [
      {
        teamId: team.id,
        name: team.name,
        isCaptain: false,
        answers: { size: `size of ${member.name}` },
        leftHow: 'LEFT',
      },
    ],
    teamRegistrations: [{ competitionId: competition.id, status: 'PENDING', answers: null }],
  });
  const text = JSON.stringify(data);
  for (const { id, email, name } of [captain, other])
    for (const secret of [id, email, name]) expect(text).not.toContain(secret);
  const ofCaptain = (await accountData(api.pool, captain.id)) as Record<string, unknown[]>;
  expect(ofCaptain.teamRegistrations).toMatchObject([{ answers: { city: 'Bern' } }]);
});

it('what members have got and answered is removed with the rest about a competition that ended longer ago', async () => {
  const members = await people(2);
  const { competition, team } = await aRegisteredTeam(members, { organizer: await anOrganizer() });
  for (const { id } of members)
    await rows(
      `INSERT INTO mailbox_messages (user_id, kind, about_id, competition_id, occurrence, title, text)
       VALUES ($1, 'CONFIRMED', $2, $2, 'test', 'Title', 'Text')`,
      [id, competition.id],
    );
  const left = async () => [
    (await rows('SELECT FROM mailbox_messages WHERE competition_id = $1', [competition.id])).length,
    (await answersOf(team)).filter((row) => JSON.stringify((row as { answers: object }).answers) !== '{}').length,
  ];
  await removeOldMessages(api.pool, 30);
  expect(await left()).toEqual([2, 2]);
  await rows('UPDATE competitions SET reg_deadline = $2, start_date = $2 WHERE id = $1', [
    competition.id,
    inHours(-31 * 24),
  ]);
  expect(await removeOldMessages(api.pool, 30)).toBe(2);
  expect(await left()).toEqual([0, 0]);
});
