import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { type Person, people } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import { holdBefore, rewriteStatements, sabotage, untilWaiting } from '../../../test/support/sabotage.js';
import { aTeamCompetition, formTeam, formTeams, type TestTeam, teamClient } from '../../../test/support/teams.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Removes each protection of teams once, and expects the damage that it prevents. */
let api: TestApi;
let teams: ReturnType<typeof teamClient>;
beforeEach(async () => {
  api = await startApi();
  teams = teamClient(api.url);
});
afterEach(() => api.close());

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
    rewriteStatements((text) => text.replace(/(FROM teams WHERE id = \$1::uuid) FOR NO KEY UPDATE/, '$1'));
    const newcomers = (await people(4)) as Person[];
    expect(tally(await Promise.all(newcomers.map((person) => teams.join(person, team))))).toEqual({ 200: 4 });
  });

  it('the index of living memberships, a person plays in two teams', async () => {
    await rows('DROP INDEX one_living_membership');
    await rows(
      'CREATE UNIQUE INDEX one_living_membership ON team_members (competition_id, user_id, team_id) WHERE left_at IS NULL',
    );
    await sabotage('join_team_v2', '(competition_id, user_id) WHERE', '(competition_id, user_id, team_id) WHERE');
    await sabotage('join_team_v2', `IF v_living IS NOT NULL THEN RETURN 'ALREADY_IN_TEAM'; END IF;`, '');
    const competition = await aTeamCompetition();
    const [one, other] = (await formTeams(competition, [1, 1])) as [TestTeam, TestTeam];
    const [person] = (await people(1)) as [Person];
    await teams.join(person, one);
    expect((await teams.join(person, other)).status).toBe(200);
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
