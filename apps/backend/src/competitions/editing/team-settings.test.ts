import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, inHours, type Person, people } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { aTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows } from '../../../test/support/queries.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ensureCapacityCovers } from './editing.rules.js';

let api: TestApi;
let organizer: Person;
let staff: ReturnType<typeof organizerClient>;
beforeAll(async () => {
  api = await startApi();
  staff = organizerClient(api.url);
  organizer = await anOrganizer();
});
afterAll(() => api.close());

type Competition = { readonly id: string };
const edit = (competition: Competition, body: object) => staff.edit(organizer, competition, body);
const create = (body: object) =>
  post(api.url, '/api/competitions', {
    token: organizer.token,
    body: {
      title: 'Relay',
      description: 'In teams.',
      capacity: 20,
      regDeadline: inHours(24),
      startDate: inHours(72),
      ...body,
    },
  });
const paths = ({ body }: { body: { errors?: { path: string }[] } }) => body.errors?.map(({ path }) => path);
const stored = async ({ id }: Competition) =>
  (await rows<Record<string, Date | null>>('SELECT * FROM competitions WHERE id = $1', [id]))[0];

/** The shape in which `edit` finds it, with a start far enough for every lock. */
const forTeams = (options = {}) => aTeamCompetition({ organizer, startDate: inHours(72), ...options });
const twoPeople = async () => (await people(2)) as [Person, Person];

describe('creating a competition for teams', () => {
  it('stores the sizes and says when teams become fixed: when promotion ends, unless the organizer says otherwise', async () => {
    const created = await create({ teamMin: 2, teamMax: 4 });
    expect(created.body).toMatchObject({ teamMin: 2, teamMax: 4, seatUnit: 'PERSON', teamsLockAt: null });
    expect(created.body.teamsLock).toBe(created.body.promotesUntil);
    const early = await create({ teamMin: 2, teamMax: 4, seatUnit: 'TEAM', teamsLockAt: inHours(30) });
    expect(early.body.teamsLock).toBe(early.body.teamsLockAt);
    const listed = await get(api.url, `/api/competitions?limit=1&sort=newest`);
    expect(listed.body.items[0]).toMatchObject({ teamMin: 2, teamMax: 4, seatUnit: 'TEAM' });
    expect((await create({})).body).toMatchObject({ teamMin: null, teamMax: null, teamsLock: null });
  });

  it('lets the lock of its teams become due, although nobody has a hold or an invitation', async () => {
    const { body } = await create({ teamMin: 2, teamMax: 4, teamsLockAt: inHours(30) });
    expect((await stored(body))?.next_expiry_at).not.toBeNull();
    expect((await stored((await create({})).body))?.next_expiry_at).toBeNull();
  });

  it('needs both sizes in order, seats for the largest team, a start, and a lock between now and the start', async () => {
    const sizes = { teamMin: 2, teamMax: 4 };
    expect(paths(await create({ teamMin: 2 }))).toEqual(['teamMax']);
    expect(paths(await create({ teamMin: 4, teamMax: 2 }))).toEqual(['teamMax']);
    expect(paths(await create({ ...sizes, capacity: 3 }))).toEqual(['capacity']);
    expect((await create({ ...sizes, capacity: 3, seatUnit: 'TEAM' })).status).toBe(201);
    expect(paths(await create({ ...sizes, startDate: null }))).toEqual(['startDate']);
    expect(paths(await create({ ...sizes, teamsLockAt: inHours(80) }))).toEqual(['teamsLockAt']);
    expect(paths(await create({ ...sizes, teamsLockAt: inHours(-1) }))).toEqual(['teamsLockAt']);
  });
});

describe('editing a competition for teams', () => {
  it('checks the resulting settings', async () => {
    const competition = await forTeams({ capacity: 8 });
    expect(paths(await edit(competition, { teamMin: 5 }))).toEqual(['teamMax']);
    expect(paths(await edit(competition, { capacity: 3 }))).toEqual(['capacity']);
    expect(paths(await edit(competition, { startDate: null }))).toEqual(['startDate']);
    expect(paths(await edit(competition, { teamMax: null }))).toEqual(['teamMax']);
    expect((await edit(competition, { teamMax: 8, capacity: 8 })).body).toMatchObject({ teamMax: 8 });
  });

  it('freezes what takes a seat with the first registration of a team; the lock may still be moved, into the future', async () => {
    const competition = await forTeams();
    const team = await aTeam(competition, await twoPeople());
    expect((await edit(competition, { teamMin: 2, seatUnit: 'TEAM' })).status).toBe(200);
    await registerTeam(team);
    for (const change of [{ teamMin: 1 }, { teamMax: 3 }, { seatUnit: 'PERSON' }, { teamMin: null, teamMax: null }])
      expect((await edit(competition, change)).body).toMatchObject({
        code: 'HAS_REGISTRATIONS',
        detail: expect.stringContaining('2 people'),
      });
    expect((await edit(competition, { teamMin: 2, teamsLockAt: inHours(20) })).status).toBe(200);
    expect(paths(await edit(competition, { teamsLockAt: inHours(-1) }))).toEqual(['teamsLockAt']);
  });

  it('becomes one for persons, or one for persons becomes one for teams, only without teams and registrations', async () => {
    const competition = await forTeams();
    await aTeam(competition, await twoPeople());
    const refused = await edit(competition, { teamMin: null, teamMax: null });
    expect([refused.body.code, refused.body.detail]).toEqual(['HAS_REGISTRATIONS', 'There is one team already.']);
    expect((await edit(competition, { visibility: 'DRAFT' })).body.code).toBe('HAS_REGISTRATIONS');
    await rows('UPDATE teams SET ended_at = now() WHERE competition_id = $1', [competition.id]);
    expect((await edit(competition, { teamMin: null, teamMax: null })).body.teamMax).toBeNull();
    expect((await edit(competition, { teamMin: 1, teamMax: 2 })).body.teamMax).toBe(2);
    const persons = await aCompetition({ organizer });
    const [person] = await twoPeople();
    await post(api.url, `/api/competitions/${persons.id}/register`, { token: person.token, body: {} });
    expect((await edit(persons, { teamMin: 1, teamMax: 2 })).body.code).toBe('HAS_REGISTRATIONS');
  });

  it('keeps teams that are larger than the new largest size from coming about', async () => {
    const competition = await forTeams();
    await aTeam(competition, await people(3));
    expect(paths(await edit(competition, { teamMax: 2 }))).toEqual(['teamMax']);
    expect((await edit(competition, { teamMax: 3 })).status).toBe(200);
  });

  it('locks teams again after the lock was moved, and has their last pass again after promotion was extended', async () => {
    const competition = await forTeams({ regDeadline: inHours(1) });
    await rows('UPDATE competitions SET teams_locked_at = now(), last_pass_at = now() WHERE id = $1', [competition.id]);
    await edit(competition, { title: 'Another title' });
    expect((await stored(competition))?.teams_locked_at).toBeNull();
    await rows(
      `UPDATE competitions SET teams_lock_at = now() - interval '1 hour', teams_locked_at = now(), last_pass_at = now(),
              reg_deadline = now() - interval '2 hours', promote_until = now() - interval '1 hour' WHERE id = $1`,
      [competition.id],
    );
    await edit(competition, { title: 'A third title' });
    const before = await stored(competition);
    expect([before?.teams_locked_at, before?.last_pass_at]).not.toContain(null);
    await edit(competition, { teamsLockAt: inHours(5), promoteUntil: inHours(6) });
    expect(await stored(competition)).toMatchObject({ teams_locked_at: null, last_pass_at: null });
  });

  it('keeps the capacity above all the seats that an unfinished promotion gives to a waiting team', () => {
    const seats = { capacity: 4, seatsLeft: 4, waiting: 1, nextDueAt: new Date() };
    expect(() => ensureCapacityCovers(2, { ...seats, waitingExtraSeats: 2 })).toThrow(DomainError);
    expect(() => ensureCapacityCovers(2, { ...seats, waitingExtraSeats: 1 })).not.toThrow();
  });

  it('names what has changed in the history', async () => {
    const competition = await forTeams();
    await edit(competition, { teamMin: 2, seatUnit: 'TEAM', teamsLockAt: inHours(20) });
    const { body } = await get(api.url, `/api/competitions/${competition.id}/history`, { token: organizer.token });
    expect(body.items[0].changes).toMatchObject([
      { field: 'teamMin', before: 1, after: 2 },
      { field: 'seatUnit', before: 'PERSON', after: 'TEAM' },
      { field: 'teamsLockAt', before: null },
    ]);
  });
});

describe('the questions of a competition for teams', () => {
  const size = { id: 'size', kind: 'SHORT_TEXT', label: 'Size', required: true, answeredBy: 'MEMBER' };
  const city = { id: 'city', kind: 'SHORT_TEXT', label: 'City', required: true };
  const required = async (competition: Competition) => {
    const row = await stored(competition);
    return [row?.requires_answers, row?.requires_member_answers];
  };

  it('say who has to answer; in a competition for persons everybody answers everything', async () => {
    const competition = await forTeams();
    expect((await edit(competition, { questions: [size] })).body.questions).toEqual([size]);
    expect(await required(competition)).toEqual([false, true]);
    await edit(competition, { questions: [size, city] });
    expect(await required(competition)).toEqual([true, true]);
    await edit(competition, { questions: [size] });
    await edit(competition, { teamMin: null, teamMax: null });
    expect(await required(competition)).toEqual([true, false]);
    await edit(competition, { teamMin: 1, teamMax: 2 });
    expect(await required(competition)).toEqual([false, true]);
  });

  it('begin a new version when somebody else has to answer', async () => {
    const competition = await forTeams();
    const optional = { ...size, required: false };
    const versionAfter = async (question: object) =>
      (await edit(competition, { questions: [question] })).body.questionsVersion;
    expect(await versionAfter(optional)).toBe(1);
    expect(await versionAfter({ ...optional, label: 'T-shirt size' })).toBe(1);
    expect(await versionAfter({ ...optional, answeredBy: 'TEAM' })).toBe(2);
  });
});
