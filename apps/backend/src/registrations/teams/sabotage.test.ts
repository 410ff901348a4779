import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { type Person, people } from '../../../test/support/factories.js';
import { type ApiResponse, tally } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
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

const statusOf = async ({ id }: Pick<TestTeam, 'id'>) =>
  (await rows<{ status: string }>('SELECT status FROM registrations WHERE team_id = $1', [id]))[0]?.status;

async function settleAll({ id }: { id: string }): Promise<void> {
  await rows('SELECT set_next_expiry_v1($1)', [id]);
  await rows('SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) locked', [
    id,
  ]);
}

/** What becomes of a registered team of two that one of them has left, when the teams are fixed. */
async function statusAtTheLock({ hasCome = false } = {}) {
  const competition = await aTeamCompetition({ teamMin: 2 });
  const team = await formTeam(competition, 2);
  const { registrationId } = (await teams.register(team, competition)).body;
  await teams.end(team.members[1] as Person, team, team.members[1] as Person);
  if (hasCome)
    await rows(
      `SELECT check_in_v1($1, NULL, $3, true, now(), ARRAY[gen_random_uuid()], ARRAY['CHECK_IN'], ARRAY[$2::uuid],
                          ARRAY[$3::uuid], ARRAY[0::float8], ARRAY[NULL::timestamptz], ARRAY[true], ARRAY[true])`,
      [competition.id, registrationId, team.captain.id],
    );
  await rows(`UPDATE competitions SET teams_lock_at = now() - interval '4 seconds' WHERE id = $1`, [competition.id]);
  await settleAll(competition);
  return statusOf(team);
}

/** A request about a team of two that waits for the lock of the competition, while its holder changes something. */
async function askWhile(change: string, ask: (team: TestTeam) => Promise<ApiResponse>) {
  const competition = await aTeamCompetition();
  const team = await formTeam(competition, 2);
  await teams.register(team, competition);
  const lock = await lockCompetition(competition);
  const asking = ask(team);
  await untilWaiting('transactionid');
  await lock.query(change, [competition.id]);
  await lock.release();
  return asking;
}
const joinWhile = async (change: string) => {
  const [newcomer] = (await people(1)) as [Person];
  return askWhile(change, (team) => teams.join(newcomer, team));
};
const LOCK_NOW = 'UPDATE competitions SET teams_lock_at = clock_timestamp() WHERE id = $1';

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
    await sabotage('register_v2', /c\.id = ANY \(v_held\) IS TRUE AND [\s\S]*? AS held,/, 'true AS held,');
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

  it('the end at the lock, TM-07: a team that is too small keeps its seats', async () => {
    await sabotage('settle_teams_v1', '< v_competition.team_min', '< 0');
    expect(await statusAtTheLock()).toBe('PENDING');
  });

  it('the look for who has come in, CI-05: the rest of a team ends as too small', async () => {
    expect(await statusAtTheLock({ hasCome: true })).toBe('PENDING');
    await sabotage('settle_teams_v1', /NOT EXISTS \(SELECT FROM check_ins[^)]*\)/, 'true');
    expect(await statusAtTheLock({ hasCome: true })).toBe('CANCELLED');
  });

  it('the lock of the teams, people join and captains remove members after it', async () => {
    const competition = await aTeamCompetition({ teamsLockAt: new Date(Date.now() - 1_000) });
    const team = await formTeam(competition, 2);
    const [newcomer] = (await people(1)) as [Person];
    const remove = () => teams.end(team.captain, team, team.members[1] as Person);
    const refused = [await teams.join(newcomer, team), await remove()];
    expect(refused.map(({ body }) => body.code)).toEqual(['TEAMS_LOCKED', 'TEAMS_LOCKED']);
    await sabotage('join_team_v2', /IF v_competition\.teams_locked_at IS NOT NULL.*?END IF;/, '');
    rewriteStatements((text) =>
      text.replace('teams_lock(c) <= statement_timestamp()', `teams_lock(c) <= '-infinity'::timestamptz`),
    );
    expect((await teams.join(newcomer, team)).status).toBe(200);
    expect((await remove()).status).toBe(200);
  });

  it('the time that a request has waited, somebody who came before the lock does not join', async () => {
    await sabotage('join_team_v2', "- p_waited_ms * interval '1 millisecond'", '');
    expect((await joinWhile(LOCK_NOW)).body.code).toBe('TEAMS_LOCKED');
  });

  it('the time that a request has waited, a captain who came before the lock removes nobody', async () => {
    rewriteStatements((text) =>
      text.replace("- $2::float8 * interval '1 millisecond'", "- 0 * $2::float8 * interval '1 s'"),
    );
    const removeWhile = (change: string) =>
      askWhile(change, (team) => teams.end(team.captain, team, team.members[1] as Person));
    expect((await removeWhile(LOCK_NOW)).body.code).toBe('TEAMS_LOCKED');
  });

  it('the look at the code under the lock, somebody joins by a code that has been renewed', async () => {
    const renew = `UPDATE teams SET code = reverse(code) WHERE competition_id = $1`;
    expect((await joinWhile(renew)).body.code).toBe('TEAM_NOT_FOUND');
    rewriteStatements((text) => text.replace('"teams"."code" = $2) OFFSET', '"teams"."code" <> $2) OFFSET'));
    expect((await joinWhile(renew)).status).toBe(200);
  });

  it('the last pass, TE-01: a team that fits gets none of the seats that are left', async () => {
    await sabotage('settle_teams_v1', 'PERFORM seat_from_waitlist_v1(p_competition_id, v_ids);', '');
    const competition = await aTeamCompetition({ capacity: 4 });
    const [seated, large, small] = (await formTeams(competition, [1, 4, 1])) as [TestTeam, TestTeam, TestTeam];
    for (const team of [seated, large, small]) await teams.register(team, competition, { joinWaitlist: true });
    await rows(`UPDATE competitions SET promote_until = now() WHERE id = $1`, [competition.id]);
    await settleAll(competition);
    expect(await statusOf(small)).toBe('WAITLISTED');
  });

  it('counting the members, a team that is too small is registered', async () => {
    const competition = await aTeamCompetition({ teamMin: 2 });
    const team = await formTeam(competition, 1);
    expect((await teams.register(team, competition)).body.code).toBe('TEAM_TOO_SMALL');
    await sabotage('register_v2', 'team.members < c.team_min', 'false');
    expect((await teams.register(team, competition)).status).toBe(201);
  });

  it('the look at each member, a team is registered with somebody whose account is disabled', async () => {
    const competition = await aTeamCompetition();
    const team = await formTeam(competition, 2);
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [team.members[1]?.id]);
    expect((await teams.register(team, competition)).body.code).toBe('TEAM_MEMBER_INELIGIBLE');
    await sabotage('register_v2', 'team.ineligible IS NOT NULL', 'false');
    expect((await teams.register(team, competition)).status).toBe(201);
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
