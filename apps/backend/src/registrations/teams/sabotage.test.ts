import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { type Person, people } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import {
  addBarrierBefore,
  holdBefore,
  rewriteStatements,
  sabotage,
  untilWaiting,
} from '../../../test/support/sabotage.js';
import { aTeamCompetition, formTeam, formTeams, type TestTeam, teamClient } from '../../../test/support/teams.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Removes each protection of teams once, and expects the damage that it prevents. */
let api: TestApi;
let teams: ReturnType<typeof teamClient>;
beforeEach(async () => {
  api = await startApi();
  teams = teamClient(api.url);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await api.close();
});

/** Not of those that the SQL functions take. */
const withoutLockOf = (table: 'teams' | 'competitions') =>
  rewriteStatements((text) =>
    text.replace(new RegExp(`(SELECT FROM ${table} WHERE id = \\$1::uuid) FOR NO KEY UPDATE`), '$1'),
  );
const dropCheckOfSeats = () => rows('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
const broken = async () => (await checkInvariants(api.pool)).map(({ id }) => id);

describe('sabotage: without', () => {
  it('the seats that the waitlist needs, a small team overtakes a large one', async () => {
    await sabotage('register_v2', '- c.waiting - c.waiting_extra_seats AS free', '- c.waiting AS free');
    const competition = await aTeamCompetition({ capacity: 4 });
    const [seated, large, small] = (await formTeams(competition, [1, 4, 1])) as [TestTeam, TestTeam, TestTeam];
    await teams.register(seated, competition);
    await teams.register(large, competition, { joinWaitlist: true });
    expect((await teams.register(small, competition, { joinWaitlist: true })).body.status).toBe('PENDING');
  });

  it('the lock of the team, more join than it has places', async () => {
    const competition = await aTeamCompetition({ teamMax: 2 });
    const team = await formTeam(competition, 1);
    await sabotage('join_team_v2', 'INSERT INTO team_members', 'PERFORM pg_sleep(0.2); INSERT INTO team_members');
    withoutLockOf('teams');
    const newcomers = (await people(4)) as Person[];
    expect(tally(await Promise.all(newcomers.map((person) => teams.join(person, team))))).toEqual({ 200: 4 });
  });

  it('the lock of the team, TM-02: somebody who has left is made captain', async () => {
    const team = await formTeam(await aTeamCompetition(), 3);
    const [captain, , next] = team.members as [Person, Person, Person];
    await sabotage('leave_team_v1', /(FROM team_members WHERE id = p_member_id\))\s+FOR NO KEY UPDATE/, '$1');
    withoutLockOf('teams');
    const release = await holdBefore('UPDATE', 'team_members');
    const leaving = teams.end(next, team, next);
    await untilWaiting('advisory');
    expect((await teams.makeCaptain(captain, team, next)).status).toBe(200);
    await release();
    expect((await leaving).status).toBe(200);
    expect(await broken()).toContain('I16');
  });

  /** Both requests have looked before either is committed. */
  async function joinTwoTeamsAtOnce() {
    const [one, other] = (await formTeams(await aTeamCompetition(), [1, 1])) as [TestTeam, TestTeam];
    const [person] = (await people(1)) as [Person];
    const release = await holdBefore('INSERT', 'team_members');
    const joining = [teams.join(person, one), teams.join(person, other)];
    await untilWaiting('advisory', 2);
    await release();
    return tally(await Promise.all(joining));
  }

  it('the look for another membership, TM-04 is decided by the index alone', async () => {
    await sabotage('join_team_v2', `IF v_living IS NOT NULL THEN RETURN 'ALREADY_IN_TEAM'; END IF;`, '');
    expect(await joinTwoTeamsAtOnce()).toEqual({ 200: 1, ALREADY_IN_TEAM: 1 });
  });

  it('the index of living memberships, TM-04: a person who joins two teams at once plays in both', async () => {
    await rows('DROP INDEX one_living_membership');
    await rows(
      'CREATE UNIQUE INDEX one_living_membership ON team_members (competition_id, user_id, team_id) WHERE left_at IS NULL',
    );
    await sabotage('join_team_v2', '(competition_id, user_id) WHERE', '(competition_id, user_id, team_id) WHERE');
    expect(await joinTwoTeamsAtOnce()).toEqual({ 200: 2 });
  });

  /** Two teams have seats, one seat is left, and somebody joins each of them: both have looked before either is committed. */
  async function growTwoTeamsAtOnce() {
    const competition = await aTeamCompetition({ capacity: 3 });
    const [one, other] = (await formTeams(competition, [1, 1])) as [TestTeam, TestTeam];
    for (const team of [one, other]) await teams.register(team, competition);
    const [first, second] = (await people(2)) as [Person, Person];
    withoutLockOf('competitions');
    const release = await holdBefore('INSERT', 'team_members');
    const joining = [teams.join(first, one), teams.join(second, other)];
    await untilWaiting('advisory', 2);
    await release();
    return (await Promise.all(joining)).map(({ status }) => status).sort();
  }

  it('the lock of the competition, TM-12: the check of the seats refuses one of two teams that grow', async () => {
    expect(await growTwoTeamsAtOnce()).toEqual([200, 500]);
    expect(await broken()).toEqual([]);
  });

  it('the lock of the competition and the check of the seats, TM-12: two teams grow by the last seat', async () => {
    await dropCheckOfSeats();
    expect(await growTwoTeamsAtOnce()).toEqual([200, 200]);
    expect(await broken()).toEqual(expect.arrayContaining(['I2', 'I3']));
  });

  /** A hundred teams, half of them on each of two servers, register for the seats of one. */
  async function registerTeamsAtOnce() {
    await sabotage('register_v2', /FOR NO KEY UPDATE( SKIP LOCKED)?/, '');
    await sabotage('register_v2', /c\.id = ANY \(v_held\) IS TRUE AND .* AS held/, 'true AS held');
    await addBarrierBefore('registrations', 2);
    const competition = await aTeamCompetition({ capacity: 3 });
    const formed = await formTeams(
      competition,
      Array.from({ length: 100 }, () => 3),
    );
    const second = await startApi({ databaseUrl: api.env.databaseUrl });
    const others = teamClient(second.url);
    const responses = await Promise.all(formed.map((team, n) => (n % 2 ? teams : others).register(team, competition)));
    await second.close();
    return tally(responses)['201'] ?? 0;
  }

  it('the lock of the competition, TM-13: the check of the seats gives the last ones to no more than one team', async () => {
    expect(await registerTeamsAtOnce()).toBeLessThanOrEqual(1);
    expect(await broken()).toEqual([]);
  });

  it('the lock of the competition and the check of the seats, TM-13: the last seats go to several teams', async () => {
    await dropCheckOfSeats();
    expect(await registerTeamsAtOnce()).toBeGreaterThan(1);
    expect(await broken()).toEqual(expect.arrayContaining(['I2', 'I3']));
  });

  it('the look at the competition with the first member, a competition for persons gets a team', async () => {
    await sabotage('join_team_v2', /IF v_competition\.team_max IS NULL THEN.*?END IF;/, '');
    const competition = await aTeamCompetition();
    const [captain] = (await people(1)) as [Person];
    const release = await holdBefore('INSERT', 'teams');
    const creating = teams.create(captain, competition, 'Rockets');
    await untilWaiting('advisory');
    await rows('UPDATE competitions SET team_min = NULL, team_max = NULL WHERE id = $1', [competition.id]);
    await release();
    expect((await creating).status).toBe(201);
  });

  it('counting the seats of a team that shrinks, its registration holds more than its members', async () => {
    await sabotage('leave_team_v1', 'SET seats = seats - 1', 'SET seats = seats');
    const competition = await aTeamCompetition();
    const team = await formTeam(competition, 3);
    await teams.register(team, competition);
    const leaver = team.members[1] as Person;
    await teams.end(leaver, team, leaver);
    expect(await broken()).toEqual(expect.arrayContaining(['I3', 'I16']));
  });
});
