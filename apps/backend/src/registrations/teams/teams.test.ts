import type { Decision } from '@mini-compete/shared/applications';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { applicationsClient } from '../../../test/support/applications.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, inHours, type Person, people } from '../../../test/support/factories.js';
import { post, tally } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { rows, seatsOf } from '../../../test/support/queries.js';
import { holdBefore, untilWaiting } from '../../../test/support/sabotage.js';
import { aTeamCompetition, formTeam, formTeams, type TestTeam, teamClient } from '../../../test/support/teams.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

let api: TestApi;
let second: TestApi;
let teams: ReturnType<typeof teamClient>;
let others: ReturnType<typeof teamClient>;
let client: ReturnType<typeof participantClient>;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  teams = teamClient(api.url);
  others = teamClient(second.url);
  client = participantClient(api.url);
});
afterAll(async () => {
  await second.close();
  await api.close();
});

const settle = ({ id }: { id: string }) =>
  rows('SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) locked', [id]);

const registrationOf = async ({ id }: Pick<TestTeam, 'id'>) => {
  const found = await rows<{ status: string; seats: number; endReason: string | null }>(
    'SELECT status, seats, end_reason AS "endReason" FROM registrations WHERE team_id = $1 ORDER BY id DESC LIMIT 1',
    [id],
  );
  return found[0];
};

/** Every change of a team, or of who is in it, fails at its commit if the captain of the team is no member then. */
const checkCaptainsAtEachCommit = () =>
  api.pool.query(`
    CREATE FUNCTION check_captain() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (
        SELECT FROM teams t
        WHERE t.id = coalesce(to_jsonb(NEW)->>'team_id', to_jsonb(NEW)->>'id')::uuid AND t.ended_at IS NULL
          AND NOT EXISTS (
            SELECT FROM team_members m WHERE m.team_id = t.id AND m.user_id = t.captain_id AND m.left_at IS NULL)
      ) THEN
        RAISE EXCEPTION 'The captain is no member';
      END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER check_captain AFTER UPDATE ON teams DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION check_captain();
    CREATE CONSTRAINT TRIGGER check_captain AFTER UPDATE ON team_members DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION check_captain();`);

/** At once, over two servers, each the next team. On a busy machine, as often as the server asks to try again. */
const joinAll = (persons: readonly Person[], formed: readonly TestTeam[]) =>
  Promise.all(
    persons.map(async (person, n) => {
      for (;;) {
        const response = await (n % 2 ? teams : others).join(person, formed[n % formed.length] as TestTeam);
        if (response.status !== 503) return response;
      }
    }),
  );
const registerAll = (formed: readonly TestTeam[], competition: { id: string }, body: object) =>
  Promise.all(formed.map((team, n) => (n % 2 ? teams : others).register(team, competition, body)));
const expectRightCounts = async () =>
  expect((await checkInvariants(api.pool)).filter(({ id }) => ['I1', 'I2', 'I3', 'I16'].includes(id))).toEqual([]);

const livingMembers = ({ id }: Pick<TestTeam, 'id'>) =>
  rows<{ userId: string }>(
    'SELECT user_id AS "userId" FROM team_members WHERE team_id = $1 AND left_at IS NULL ORDER BY joined_at, id',
    [id],
  );

describe('a team', () => {
  it('is created, found by its code, joined however the code is typed, renamed, and left', async () => {
    const competition = await aTeamCompetition({ teamMax: 3 });
    const [captain, member, stranger] = (await people(3)) as [Person, Person, Person];
    const created = await teams.create(captain, competition, 'The Rockets');
    expect(created.status).toBe(201);
    const team = created.body;
    expect(team).toMatchObject({ name: 'The Rockets', captainId: captain.id, registration: null });

    const code: string = team.joinCode;
    const typed = `${code.slice(0, 5).toLowerCase()}-${code.slice(5)}`;
    expect((await teams.find(member, typed)).body).toMatchObject({
      name: 'The Rockets',
      members: 1,
      isFull: false,
      isLocked: false,
      isMember: false,
      isInOtherTeam: false,
    });
    const own = (await teams.create(stranger, competition, 'Of my own')).body;
    expect((await teams.find(stranger, code)).body).toMatchObject({ isMember: false, isInOtherTeam: true });
    expect((await teams.find(stranger, own.joinCode)).body).toMatchObject({ isMember: true, isInOtherTeam: false });
    await teams.end(stranger, own, stranger);
    expect((await teams.join(member, { code: typed })).body.members).toHaveLength(2);
    expect((await teams.join(member, { code })).status).toBe(200);
    expect((await teams.mine(member, competition)).body.id).toBe(team.id);

    expect((await teams.rename(member, team, 'Others')).body.code).toBe('NOT_CAPTAIN');
    expect((await teams.rename(captain, team, 'Comets')).body.name).toBe('Comets');
    const renewed = (await teams.renewCode(captain, team)).body.joinCode;
    expect((await teams.find(stranger, code)).body.code).toBe('TEAM_NOT_FOUND');
    expect((await teams.find(stranger, renewed)).status).toBe(200);

    expect((await teams.end(member, team, member)).body).toEqual({ status: 'LEFT' });
    expect((await teams.end(member, team, member)).body).toEqual({ status: 'LEFT' });
    expect((await teams.mine(member, competition)).body.code).toBe('TEAM_NOT_FOUND');
  });

  it('is not entered or founded by people whom the staff has rejected with another one', async () => {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({ organizer });
    await rows(`UPDATE competitions SET admission_mode = 'APPROVAL' WHERE id = $1`, [competition.id]);
    const [rejected, other] = (await formTeams(competition, [3, 1])) as [TestTeam, TestTeam];
    const [captain, member, early] = rejected.members as [Person, Person, Person];
    await teams.register(rejected, competition);
    await teams.end(early, rejected, early);
    const staff = applicationsClient(api.url);
    const { registrationId } = (await staff.list(organizer, competition)).body.items[0];
    await staff.reject(organizer, competition, [registrationId]);
    for (const person of [member, captain]) {
      await teams.end(person, rejected, person);
      expect((await teams.join(person, other)).body.code).toBe('ALREADY_DECIDED');
    }
    expect((await teams.create(member, competition, 'Once more')).body.code).toBe('ALREADY_DECIDED');
    // Who had left before was not rejected.
    expect((await teams.join(early, other)).status).toBe(200);
  });

  it('tells only its members that the staff has rejected it', async () => {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({ organizer });
    await rows(`UPDATE competitions SET admission_mode = 'APPROVAL' WHERE id = $1`, [competition.id]);
    const team = await formTeam(competition, 2);
    const { registrationId } = (await teams.register(team, competition)).body;
    await applicationsClient(api.url).reject(organizer, competition, [registrationId]);
    const [stranger] = (await people(1)) as [Person];
    const registerAs = async (person: Person) => (await teams.register({ ...team, captain: person }, competition)).body;
    for (const member of team.members) expect(await registerAs(member)).toMatchObject({ code: 'ALREADY_DECIDED' });
    expect(await registerAs(stranger)).toMatchObject({ code: 'TEAM_NOT_FOUND' });
  });

  /** Applications of a team of three and of a single person, with two seats left, decided in this order. */
  async function decideOnTwoTeams(decisions: readonly Decision[], { isOver = false } = {}) {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({ organizer, capacity: 2 });
    await rows(`UPDATE competitions SET admission_mode = 'APPROVAL' WHERE id = $1`, [competition.id]);
    const formed = await formTeams(competition, [3, 1]);
    const ids: string[] = [];
    for (const team of formed) ids.push((await teams.register(team, competition)).body.registrationId);
    if (isOver) {
      await rows(
        `UPDATE competitions SET reg_deadline = now() - interval '4 seconds', start_date = now() - interval '4 seconds'
         WHERE id = $1`,
        [competition.id],
      );
      await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
      await settle(competition);
    }
    const { body } = await post(api.url, `/api/competitions/${competition.id}/applications/decide`, {
      token: organizer.token,
      body: { decisions: ids.map((registrationId, n) => ({ registrationId, decision: decisions[n] })) },
    });
    return body.items.map((item: { result?: string; code?: string }) => item.code ?? item.result);
  }

  it('TE-02 does not pass a larger one that the same request puts on the waitlist', async () => {
    expect(await decideOnTwoTeams(['WAITLIST', 'ACCEPT'])).toEqual(['WAITLISTED', 'WAITLISTED']);
    expect(await decideOnTwoTeams(['ACCEPT', 'WAITLIST'])).toEqual(['WAITLISTED', 'WAITLISTED']);
  });

  it('TE-02 has a free seat also after a larger one that does not fit and cannot wait', async () => {
    const decided = await decideOnTwoTeams(['ACCEPT', 'WAITLIST'], { isOver: true });
    expect(decided).toEqual(['COMPETITION_FULL', 'SEATS_AVAILABLE']);
  });

  it('gives a late copy of a request its stored response, also after the code was renewed and the team has ended', async () => {
    const [team, member] = [await formTeam(await aTeamCompetition(), 1), await aPerson()];
    const join = () => teams.join(member, team, {}, { key: 'join' });
    const answer = () => teams.answer(member, team, {}, 0, { key: 'answer' });
    const [joined, answered] = [await join(), await answer()];
    expect([joined.status, answered.status]).toEqual([200, 200]);
    await teams.renewCode(team.captain, team);
    expect((await join()).text).toBe(joined.text);
    for (const person of [member, team.captain]) await teams.end(person, team, person);
    expect((await join()).text).toBe(joined.text);
    expect((await answer()).text).toBe(answered.text);
    expect((await teams.join(member, team, {}, { key: 'other' })).body.code).toBe('TEAM_NOT_FOUND');
    const other = await formTeam(await aTeamCompetition(), 1);
    expect((await teams.join(member, other, {}, { key: 'join' })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('is listed for the staff, and found by its name or by a member', async () => {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({ organizer });
    const [team, other] = (await formTeams(competition, [2, 1])) as [TestTeam, TestTeam];
    await teams.register(team, competition);
    const all = (await teams.list(organizer, competition)).body;
    expect(all.items.map(({ id }: TestTeam) => id)).toEqual([other.id, team.id]);
    expect(all.items[1].registration).toMatchObject({ status: 'PENDING', seats: 2 });
    const found = (await teams.list(organizer, competition, `?search=${team.members[1]?.email}`)).body;
    expect([found.total, found.items[0].id]).toEqual([1, team.id]);
    expect((await teams.list(organizer, competition, '?search=%25')).body.total).toBe(0);
  });

  it('TM-10 is refused a name that another team has, or one that looks like it, until that team has ended', async () => {
    const competition = await aTeamCompetition();
    const [first, other] = (await people(2)) as [Person, Person];
    const { id } = (await teams.create(first, competition, 'Rockets')).body;
    expect((await teams.create(other, competition, 'R\u043Eckets')).body.code).toBe('TEAM_NAME_TAKEN');
    await teams.end(first, { id }, first);
    expect((await teams.create(other, competition, 'ROCKETS')).status).toBe(201);
  });

  it('TM-10 is refused a new name that another team takes at the same moment', async () => {
    const competition = await aTeamCompetition();
    const [team, other] = (await formTeams(competition, [1, 1])) as [TestTeam, TestTeam];
    expect((await teams.rename(team.captain, team, 'Comets')).status).toBe(200);
    expect((await teams.rename(other.captain, other, 'COMETS')).body.code).toBe('TEAM_NAME_TAKEN');

    const client = await api.pool.connect();
    await client.query('BEGIN');
    await client.query(`UPDATE teams SET name_key = 'rockets' WHERE id = $1`, [team.id]);
    const renamed = teams.rename(other.captain, other, 'rockets');
    await untilWaiting('transactionid');
    await client.query('COMMIT');
    client.release();
    expect((await renamed).body.code).toBe('TEAM_NAME_TAKEN');
  });

  it('is refused in a competition for persons, and a person in a competition for teams', async () => {
    const person = await aPerson();
    expect((await teams.create(person, await aCompetition(), 'Rockets')).body.code).toBe('FOR_PERSONS');
    expect((await client.register(person, await aTeamCompetition())).body.code).toBe('TEAM_REQUIRED');
    const team = await formTeam(await aTeamCompetition(), 1);
    expect((await teams.register(team, await aCompetition())).body.code).toBe('TEAM_NOT_FOUND');
  });

  it('is not created, nor joined, once the competition is for persons, also at that same moment', async () => {
    const competition = await aTeamCompetition();
    const team = await formTeam(competition, 1);
    const [captain, member] = (await people(2)) as [Person, Person];
    const release = await holdBefore('INSERT', 'teams');
    const creating = teams.create(captain, competition, 'Rockets');
    await untilWaiting('advisory');
    await rows('UPDATE competitions SET team_min = NULL, team_max = NULL WHERE id = $1', [competition.id]);
    await release();
    await rows('DROP TRIGGER hold_change ON teams');
    await rows('DROP FUNCTION hold_change');
    expect((await creating).body.code).toBe('FOR_PERSONS');
    expect(await rows('SELECT FROM teams WHERE competition_id = $1', [competition.id])).toHaveLength(1);
    expect((await teams.find(member, team.code)).body.code).toBe('TEAM_NOT_FOUND');
    expect((await teams.join(member, team)).body.code).toBe('TEAM_NOT_FOUND');
  });

  it('is not joined by the staff, nor by a member of another team', async () => {
    const organizer = await anOrganizer();
    const competition = await aTeamCompetition({ organizer });
    const [team, other] = (await formTeams(competition, [1, 2])) as [TestTeam, TestTeam];
    expect((await teams.join(other.members[1] as Person, team)).body.code).toBe('ALREADY_IN_TEAM');
    const helper = await aPerson();
    await rows(`INSERT INTO competition_staff (competition_id, user_id, role) VALUES ($1, $2, 'SCANNER')`, [
      competition.id,
      helper.id,
    ]);
    expect((await teams.join(helper, team)).body.code).toBe('STAFF_CANNOT_REGISTER');
  });

  it('TM-01 with one place left is joined by one of 200 at once, over two servers', async () => {
    const team = await formTeam(await aTeamCompetition({ teamMax: 4 }), 3);
    expect(tally(await joinAll(await people(200), [team]))).toEqual({ 200: 1, TEAM_FULL: 199 });
    expect(await livingMembers(team)).toHaveLength(4);
  });

  it('TM-02 has one captain at every instant, while the captain makes another one captain and one of both leaves, 200 times', async () => {
    await checkCaptainsAtEachCommit();
    const competition = await aTeamCompetition();
    const formed = await formTeams(
      competition,
      Array.from({ length: 200 }, () => 3),
    );
    for (const [n, team] of formed.entries()) {
      const [captain, second, third] = team.members as [Person, Person, Person];
      const leaver = n % 2 ? captain : third;
      const [handed, left] = await Promise.all([
        teams.makeCaptain(captain, team, third),
        others.end(leaver, team, leaver),
      ]);
      expect(left.status).toBe(200);
      // Who has left is no captain, and does not become one.
      if (handed.status !== 200) expect(['TEAM_NOT_FOUND', 'NOT_CAPTAIN', 'NOT_A_MEMBER']).toContain(handed.body.code);
      const [row] = await rows<{ captainId: string }>('SELECT captain_id AS "captainId" FROM teams WHERE id = $1', [
        team.id,
      ]);
      const stayed = team.members.filter(({ id }) => id !== leaver.id).map(({ id }) => id);
      expect((await livingMembers(team)).map(({ userId }) => userId)).toEqual(stayed);
      const next = handed.status === 200 ? third : second;
      expect(row?.captainId).toBe(leaver === third ? captain.id : next.id);
    }
    await rows('DROP FUNCTION check_captain CASCADE');
  });

  it('TM-04 is the only one of a person who joins two at once', async () => {
    const competition = await aTeamCompetition();
    for (const person of await people(20)) {
      const [one, other] = (await formTeams(competition, [1, 1])) as [TestTeam, TestTeam];
      expect(tally(await Promise.all([teams.join(person, one), others.join(person, other)]))).toEqual({
        200: 1,
        ALREADY_IN_TEAM: 1,
      });
    }
  });
});

describe('the registration of a team', () => {
  it('takes a seat for each member, in one response that names the team, and is what every member has', async () => {
    const competition = await aTeamCompetition({ capacity: 10 });
    const team = await formTeam(competition, 3);
    const [captain, member] = team.members as [Person, Person];
    expect((await client.register(member, competition, { body: { teamId: team.id } })).body.code).toBe('NOT_CAPTAIN');
    const { status, body } = await teams.register(team, competition, {}, { key: 'once' });
    expect({ status, body }).toMatchObject({ status: 201, body: { teamId: team.id, status: 'PENDING' } });
    expect(body.userId).toBeUndefined();
    expect((await teams.register(team, competition, {}, { key: 'once' })).body).toEqual(body);
    expect((await teams.register(team, competition)).body).toMatchObject({
      code: 'ALREADY_REGISTERED',
      registrationId: body.registrationId,
    });
    expect((await client.register(member, competition)).body.code).toBe('ALREADY_REGISTERED');
    expect((await teams.mine(captain, competition)).body.registration).toMatchObject({ status: 'PENDING', seats: 3 });
    expect((await seatsOf(competition)).seatsLeft).toBe(7);
  });

  it('takes one seat where a team counts as one', async () => {
    const competition = await aTeamCompetition({ capacity: 1, seatUnit: 'TEAM' });
    const [team, other] = (await formTeams(competition, [4, 2])) as [TestTeam, TestTeam];
    expect((await teams.register(team, competition)).status).toBe(201);
    expect((await seatsOf(competition)).seatsLeft).toBe(0);
    expect((await teams.register(other, competition, { joinWaitlist: true })).body).toMatchObject({ position: 1 });
    await teams.withdraw(team.captain, team);
    expect(await registrationOf(other)).toMatchObject({ status: 'PENDING', seats: 1 });
  });

  it('needs the smallest size, and members with whom the team can be registered', async () => {
    const competition = await aTeamCompetition({ teamMin: 2 });
    const [small, team] = (await formTeams(competition, [1, 2])) as [TestTeam, TestTeam];
    expect((await teams.register(small, competition)).body.code).toBe('TEAM_TOO_SMALL');
    const member = team.members[1] as Person;
    await rows('UPDATE users SET disabled_at = now() WHERE id = $1', [member.id]);
    expect((await teams.register(team, competition)).body).toMatchObject({
      code: 'TEAM_MEMBER_INELIGIBLE',
      member: { userId: member.id, name: member.name, reason: 'DISABLED' },
    });
    await rows('UPDATE users SET disabled_at = NULL WHERE id = $1', [member.id]);
    await rows(`INSERT INTO competition_staff (competition_id, user_id, role) VALUES ($1, $2, 'SCANNER')`, [
      competition.id,
      member.id,
    ]);
    expect((await teams.register(team, competition)).body.member.reason).toBe('STAFF');
  });

  it('gets all its seats or none, and a refused team does not count against those behind it', async () => {
    const competition = await aTeamCompetition({ capacity: 5 });
    const [first, big, fits] = (await formTeams(competition, [3, 4, 2])) as [TestTeam, TestTeam, TestTeam];
    const responses = await Promise.all([first, big, fits].map((team) => teams.register(team, competition)));
    expect(responses.map(({ body }) => body.code ?? body.status)).toEqual(['PENDING', 'COMPETITION_FULL', 'PENDING']);
    expect((await seatsOf(competition)).seatsLeft).toBe(0);
  });

  it('TE-01 waits whole: a team that does not fit is not passed, until the last pass when promotion ends', async () => {
    const competition = await aTeamCompetition({ capacity: 4 });
    const [seated, big, small] = (await formTeams(competition, [1, 4, 1])) as [TestTeam, TestTeam, TestTeam];
    await teams.register(seated, competition);
    expect((await teams.register(big, competition, { joinWaitlist: true })).body).toMatchObject({ position: 1 });
    expect((await teams.register(small, competition)).body.code).toBe('COMPETITION_FULL');
    expect((await teams.register(small, competition, { joinWaitlist: true })).body).toMatchObject({ position: 2 });
    expect(await seatsOf(competition)).toMatchObject({ seatsLeft: 3, waiting: 2 });

    await rows(`UPDATE competitions SET reg_deadline = now() - interval '2 hours', start_date = now() WHERE id = $1`, [
      competition.id,
    ]);
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    await settle(competition);
    expect(await registrationOf(small)).toMatchObject({ status: 'PENDING' });
    expect(await registrationOf(big)).toMatchObject({ status: 'WAITLISTED' });
    expect(await seatsOf(competition)).toMatchObject({ seatsLeft: 2, waiting: 1 });
  });

  it('grows by one who joins while a seat is free and nobody waits, and not otherwise', async () => {
    const competition = await aTeamCompetition({ capacity: 4 });
    const [team, waiting] = (await formTeams(competition, [2, 3])) as [TestTeam, TestTeam];
    const [first, second, third] = (await people(3)) as [Person, Person, Person];
    await teams.register(team, competition);
    expect((await teams.join(first, team)).body.registration).toMatchObject({ seats: 3 });
    await teams.register(waiting, competition, { joinWaitlist: true });
    expect((await teams.join(second, team)).body.code).toBe('COMPETITION_FULL');
    expect((await teams.join(third, waiting)).body.registration).toMatchObject({ seats: 4, position: 1 });
    expect(await seatsOf(competition)).toMatchObject({ seatsLeft: 1, waiting: 1 });
  });

  it('is not joined when the competition is full, which is read without the lock', async () => {
    const competition = await aTeamCompetition({ capacity: 2 });
    const team = await formTeam(competition, 2);
    await teams.register(team, competition);
    const [person, member] = [await aPerson(), team.members[1] as Person];
    const lock = await api.pool.connect();
    await lock.query('BEGIN');
    await lock.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [competition.id]);
    expect((await teams.join(person, team)).body.code).toBe('COMPETITION_FULL');
    await lock.query('ROLLBACK');
    lock.release();
    expect((await teams.join(member, team)).status).toBe(200);
    await teams.end(member, team, member);
    expect((await teams.join(person, team)).status).toBe(200);
  });

  it('TM-01 with one place left in it grows by one of 200 who join at once, over two servers', async () => {
    const competition = await aTeamCompetition({ capacity: 10, teamMax: 4 });
    const team = await formTeam(competition, 3);
    await teams.register(team, competition);
    expect(tally(await joinAll(await people(200), [team]))).toEqual({ 200: 1, TEAM_FULL: 199 });
    expect(await registrationOf(team)).toMatchObject({ seats: 4 });
    expect((await seatsOf(competition)).seatsLeft).toBe(6);
    await expectRightCounts();
  });

  it('TM-12 takes the last seat for one of 200 who join twenty teams at once, over two servers', async () => {
    const competition = await aTeamCompetition({ capacity: 41, teamMax: 20 });
    const formed = await formTeams(
      competition,
      Array.from({ length: 20 }, () => 2),
    );
    await Promise.all(formed.map((team) => teams.register(team, competition)));
    expect(tally(await joinAll(await people(200), formed))).toEqual({ 200: 1, COMPETITION_FULL: 199 });
    expect((await seatsOf(competition)).seatsLeft).toBe(0);
    await expectRightCounts();
  });

  it('TM-13 takes the last seats for one of 200 teams at once, over two servers, and the others wait in one order', async () => {
    for (const joinWaitlist of [false, true]) {
      const competition = await aTeamCompetition({ capacity: 8 });
      const [seated, ...others] = (await formTeams(competition, [4, ...Array.from({ length: 200 }, () => 3)])) as [
        TestTeam,
        ...TestTeam[],
      ];
      await teams.register(seated, competition);
      const responses = await registerAll(others, competition, { joinWaitlist });
      expect(tally(responses)).toEqual(joinWaitlist ? { 201: 200 } : { 201: 1, COMPETITION_FULL: 199 });
      expect(responses.filter(({ body }) => body.status === 'PENDING')).toHaveLength(1);
      const positions = responses.flatMap(({ body }) => body.position ?? []).sort((a, b) => a - b);
      expect(positions).toEqual(joinWaitlist ? Array.from({ length: 199 }, (_, n) => n + 1) : []);
      expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: positions.length });
    }
    await expectRightCounts();
  });

  it('TM-07 gives a seat on at once when a member leaves, also below the minimum, and ends whole at the lock', async () => {
    const competition = await aTeamCompetition({ capacity: 4, teamMin: 2 });
    const [team, waiting] = (await formTeams(competition, [3, 2])) as [TestTeam, TestTeam];
    await teams.register(team, competition);
    await teams.register(waiting, competition, { joinWaitlist: true });
    await client.leave(team.members[1] as Person, competition);
    expect(await registrationOf(waiting)).toMatchObject({ status: 'PENDING', seats: 2 });
    await teams.end(team.members[2] as Person, team, team.members[2] as Person);
    expect(await registrationOf(team)).toMatchObject({ status: 'PENDING', seats: 1 });
    expect((await seatsOf(competition)).seatsLeft).toBe(1);

    await rows(`UPDATE competitions SET teams_lock_at = now() - interval '4 seconds' WHERE id = $1`, [competition.id]);
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    await settle(competition);
    expect(await registrationOf(team)).toMatchObject({ status: 'CANCELLED', endReason: 'TEAM_TOO_SMALL' });
    expect(await registrationOf(waiting)).toMatchObject({ status: 'PENDING' });
    expect((await seatsOf(competition)).seatsLeft).toBe(2);
    expect((await teams.join(await aPerson(), waiting)).body.code).toBe('TEAMS_LOCKED');
    expect((await teams.end(waiting.captain, waiting, waiting.members[1] as Person)).body.code).toBe('TEAMS_LOCKED');
    expect((await teams.end(waiting.members[1] as Person, waiting, waiting.members[1] as Person)).status).toBe(200);
  });

  it.each([
    ['a captain who removes a member', ({ captain, members }: TestTeam) => [captain, members[1] as Person] as const],
    ['somebody who joins', async () => [await aPerson(), null] as const],
  ])('judges %s by the time of arrival, however long the request waits', async (_who, partiesOf) => {
    const competition = await aTeamCompetition();
    const team = await formTeam(competition, 2);
    await teams.register(team, competition);
    const [actor, removed] = await partiesOf(team);
    const act = () => (removed === null ? teams.join(actor, team) : teams.end(actor, team, removed));
    const lock = await lockCompetition(competition);
    const waiting = act();
    await untilWaiting('transactionid');
    await lock.query('UPDATE competitions SET teams_lock_at = clock_timestamp() WHERE id = $1', [competition.id]);
    await lock.release();
    expect((await waiting).status).toBe(200);
    if (removed !== null) expect((await teams.end(actor, team, await aPerson())).body.code).toBe('TEAMS_LOCKED');
  });

  it('TM-08 stays when a member leaves after the start', async () => {
    const competition = await aTeamCompetition({ capacity: 4 });
    const team = await formTeam(competition, 2);
    await teams.register(team, competition);
    await rows(
      `UPDATE competitions SET reg_deadline = now() - interval '2 hours', start_date = now() - interval '1 hour' WHERE id = $1`,
      [competition.id],
    );
    expect((await client.leave(team.captain, competition)).body).toEqual({ status: 'CANCELLED' });
    expect((await client.leave(team.captain, competition)).body).toEqual({ status: 'CANCELLED' });
    expect(await registrationOf(team)).toMatchObject({ status: 'PENDING', seats: 1 });
    expect(await livingMembers(team)).toHaveLength(1);
  });

  it('TM-09 of another team is possible for a former captain', async () => {
    const competition = await aTeamCompetition();
    const team = await formTeam(competition, 2);
    await teams.register(team, competition);
    await teams.makeCaptain(team.captain, team, team.members[1] as Person);
    await client.leave(team.captain, competition);
    const other = (await teams.create(team.captain, competition, 'The next')).body;
    expect((await teams.register({ ...team, id: other.id }, competition)).status).toBe(201);
  });

  it('ends with the last member, and is withdrawn by the captain alone', async () => {
    const competition = await aTeamCompetition();
    const [one, two] = (await formTeams(competition, [1, 2])) as [TestTeam, TestTeam];
    await teams.register(one, competition);
    await client.leave(one.captain, competition);
    expect(await registrationOf(one)).toMatchObject({ status: 'CANCELLED', endReason: 'LEFT' });

    await teams.register(two, competition);
    expect((await teams.withdraw(two.members[1] as Person, two)).body.code).toBe('NOT_CAPTAIN');
    expect((await teams.withdraw(two.captain, two)).body).toEqual({ status: 'CANCELLED' });
    expect((await teams.withdraw(two.captain, two)).body.code).toBe('NOT_REGISTERED');
    expect((await seatsOf(competition)).seatsLeft).toBe(10);
    expect((await teams.register(two, competition)).status).toBe(201);
  });

  it('is confirmed by the captain', async () => {
    const competition = await aTeamCompetition({ capacity: 2, confirmWithinSeconds: 3600 });
    const [first, next] = (await formTeams(competition, [2, 2])) as [TestTeam, TestTeam];
    await teams.register(first, competition);
    await teams.register(next, competition, { joinWaitlist: true });
    await teams.withdraw(first.captain, first);
    expect(await registrationOf(next)).toMatchObject({ status: 'HELD' });
    expect((await client.confirm(next.members[1] as Person, competition)).body.code).toBe('NOT_CAPTAIN');
    expect((await client.confirm(next.captain, competition)).body.status).toBe('PENDING');
  });
});

describe('what every member answers', () => {
  const QUESTIONS = [
    { id: 'idea', kind: 'SHORT_TEXT', label: 'Idea', required: true },
    { id: 'size', kind: 'CHOICE', label: 'Shirt', required: true, options: ['S', 'L'], answeredBy: 'MEMBER' },
  ];

  it('is answered when joining, and the team registers only when all have answered the present questions', async () => {
    const competition = await aTeamCompetition({ startDate: inHours(48) });
    const ask = (version: number) =>
      rows(
        `WITH asked AS (
           INSERT INTO question_versions (competition_id, version, questions) VALUES ($1, $2, $3)
         ) UPDATE competitions
         SET questions_version = $2, requires_answers = true, requires_member_answers = true WHERE id = $1`,
        [competition.id, version, JSON.stringify(QUESTIONS)],
      );
    await ask(1);
    const [captain, member] = (await people(2)) as [Person, Person];
    const shirt = { answers: { size: 'S' }, questionsVersion: 1 };
    expect((await teams.create(captain, competition, 'Rockets')).body.code).toBe('QUESTIONS_CHANGED');
    expect((await teams.create(captain, competition, 'Rockets', { ...shirt, answers: {} })).body.errors).toEqual([
      expect.objectContaining({ path: 'answers.size' }),
    ]);
    const { id, joinCode: code } = (await teams.create(captain, competition, 'Rockets', shirt)).body;
    expect((await teams.join(member, { code }, shirt)).status).toBe(200);

    await ask(2);
    const team = { id, code, captain, members: [captain, member] };
    const idea = { answers: { idea: 'Rockets' }, questionsVersion: 2 };
    expect((await teams.register(team, competition, idea)).body.member).toMatchObject({ reason: 'ANSWERS_MISSING' });
    await teams.answer(captain, team, { size: 'S' }, 2);
    expect((await teams.answer(member, team, { size: 'XXL' }, 2)).status).toBe(400);
    expect((await teams.answer(member, team, { size: 'L' }, 2)).body.members).toEqual([
      expect.objectContaining({ ineligible: null }),
      expect.objectContaining({ ineligible: null }),
    ]);
    expect((await teams.register(team, competition, { ...idea, answers: {} })).status).toBe(400);
    expect((await teams.register(team, competition, idea)).status).toBe(201);
  });
});
