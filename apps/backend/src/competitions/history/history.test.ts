import type { HistoryEntry, HistoryPage } from '@mini-compete/shared/history';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient, staffClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { aTeam, leaveTeam, registerTeam } from '../../../test/support/named-teams.js';
import { registrationsOf, rows } from '../../../test/support/queries.js';
import { aTeamCompetition, teamClient } from '../../../test/support/teams.js';

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
const read = async ({ id }: Competition, query = '', { token } = organizer) =>
  get(api.url, `/api/competitions/${id}/history${query}`, { token });
const entries = async (competition: Competition, query = ''): Promise<HistoryEntry[]> =>
  (await read(competition, query)).body.items;
const actions = async (competition: Competition, query = '') =>
  (await entries(competition, query)).map(({ action }) => action);

async function withActs() {
  const competition = await aCompetition({ organizer, capacity: 1, title: 'Before' });
  const { join, leave } = participantClient(api.url);
  const [first, next] = (await people(2)) as [Person, Person];
  await join(first, competition);
  await join(next, competition);
  await staff.edit(organizer, competition, { title: 'After', description: 'New.', capacity: 2 });
  await leave(first, competition);
  const [registration] = await registrationsOf(competition);
  await staff.reinstate(organizer, competition, registration!.id);
  return { competition, first, next };
}

it('says who did what, to whom, with the values before and after', async () => {
  const { competition, first, next } = await withActs();
  const named = ({ id, name }: Person) => ({ id, name });
  const change = (before: string | null, after: string) => [{ field: 'status', before, after }];
  expect((await entries(competition)).toReversed()).toMatchObject([
    { action: 'registration.seated', actor: named(first), person: named(first), changes: change(null, 'SEATED') },
    { action: 'registration.waiting', actor: named(next), person: named(next), changes: change(null, 'WAITLISTED') },
    { action: 'registration.promoted', actor: null, person: named(next), changes: change('WAITLISTED', 'SEATED') },
    {
      action: 'competition.edited',
      actor: named(organizer),
      person: null,
      changes: expect.arrayContaining([
        { field: 'title', before: 'Before', after: 'After' },
        { field: 'capacity', before: 1, after: 2 },
        { field: 'description', before: null, after: null },
      ]),
    },
    { action: 'registration.left', actor: named(first), person: named(first), changes: change('SEATED', 'ENDED') },
    {
      action: 'registration.reinstated',
      actor: named(organizer),
      person: named(first),
      changes: change('ENDED', 'SEATED'),
    },
  ]);
});

it('is filtered by kind of act, and by the person who acted or whom it concerns', async () => {
  const { competition, first } = await withActs();
  expect(await actions(competition, '?kind=competition')).toEqual(['competition.edited']);
  expect(await actions(competition, '?kind=removals')).toEqual(['registration.reinstated']);
  expect(await actions(competition, '?kind=staff')).toEqual([]);
  await rows(`INSERT INTO audit_entries (actor_id, action, subject_id) VALUES ($1, 'announcement.stopped', $2)`, [
    organizer.id,
    competition.id,
  ]);
  expect(await actions(competition, '?kind=announcements')).toEqual(['announcement.stopped']);
  expect(await actions(competition, '?kind=registrations')).toHaveLength(4);
  expect(await actions(competition, `?person=${first.id}`)).toEqual([
    'registration.reinstated',
    'registration.left',
    'registration.seated',
  ]);
  expect(await actions(competition, `?person=${organizer.id}&kind=competition`)).toEqual(['competition.edited']);
});

it('says which role the staff was invited for, got and gave up', async () => {
  const competition = await aCompetition({ organizer });
  const helper = await aPerson();
  const { invite, accept, changeRole, remove, withdraw, list } = staffClient(api.url);
  const { body: invitation } = await invite(organizer, competition, { email: helper.email, role: 'SCANNER' });
  await accept(helper, invitation.link);
  const { body } = await list(organizer, competition);
  const member = body.members.find(({ userId }: { userId: string }) => userId === helper.id);
  await changeRole(organizer, competition, member, 'MANAGER');
  await remove(helper, competition, { id: 'me' });
  const { body: open } = await invite(organizer, competition, { email: helper.email, role: 'REVIEWER' });
  await withdraw(organizer, competition, open);
  const role = (before: string | null, after: string | null) => [{ field: 'role', before, after }];
  const person = { id: helper.id, name: helper.name };
  expect((await entries(competition, '?kind=staff')).toReversed()).toMatchObject([
    { action: 'staff.invited', person: null, changes: role(null, 'SCANNER') },
    { action: 'staff.joined', person, changes: role(null, 'SCANNER') },
    { action: 'staff.role-changed', person, changes: role('SCANNER', 'MANAGER') },
    { action: 'staff.left', person, changes: role('MANAGER', null) },
    { action: 'staff.invited', person: null, changes: role(null, 'REVIEWER') },
    { action: 'staff.withdrawn', person: null, changes: [] },
  ]);
});

it('counts the end of a registration by erasing the account among the registrations, not the removals', async () => {
  const competition = await aCompetition({ organizer });
  const person = await aPerson();
  await participantClient(api.url).register(person, competition);
  const [registration] = await registrationsOf(competition);
  await rows(`SELECT end_registrations_v1(ARRAY[$1]::uuid[], 'ERASED', NULL, $2)`, [registration!.id, person.id]);
  expect(await actions(competition, '?kind=removals')).toEqual([]);
  expect(await entries(competition, '?kind=registrations')).toMatchObject([
    { action: 'registration.erased', changes: [{ field: 'status', before: 'SEATED', after: 'ENDED' }] },
    { action: 'registration.seated' },
  ]);
});

it('says what it does not know, as acts of other features, without inventing words', async () => {
  const competition = await aCompetition({ organizer });
  const person = await aPerson();
  await rows(
    `INSERT INTO audit_entries (actor_id, action, subject_id, details) VALUES
       ($1, 'staff.role-changed', $2, jsonb_build_object('userId', $3::uuid, 'before', 'MANAGER', 'after', 'OWNER')),
       ($1, 'something.new', $2, '{"n": 1}')`,
    [organizer.id, competition.id, person.id],
  );
  expect((await entries(competition)).toReversed()).toMatchObject([
    { person: { id: person.id, name: person.name }, changes: [{ field: 'role', before: 'MANAGER', after: 'OWNER' }] },
    { action: 'something.new', person: null, changes: [] },
  ]);
});

it('joins names at reading: with today’s name, and without one after the account was erased', async () => {
  const { competition, first } = await withActs();
  await rows(`UPDATE users SET name = 'Renamed' WHERE id = $1`, [first.id]);
  const seated = async () => (await entries(competition)).at(-1);
  expect((await seated())?.person).toEqual({ id: first.id, name: 'Renamed' });
  await rows(`UPDATE audit_entries SET actor_id = uuidv7() WHERE subject_id = $1 AND actor_id = $2`, [
    competition.id,
    first.id,
  ]);
  expect((await seated())?.person).toMatchObject({ id: expect.any(String), name: null });
});

it('belongs to owners and managers alone', async () => {
  const { competition, first } = await withActs();
  const [manager, reviewer] = (await people(2)) as [Person, Person];
  await employ(manager, competition, 'MANAGER');
  await employ(reviewer, competition, 'REVIEWER');
  const statusFor = async (person: Person) => (await read(competition, '', person)).status;
  expect(await Promise.all([manager, await anAdmin(), reviewer, first].map(statusFor))).toEqual([200, 200, 403, 403]);
});

it('reads each page of 100,000 entries by an index, and a filter by person without sorting', async () => {
  const competition = await aCompetition({ organizer });
  const persons = await people(100);
  await rows(
    `INSERT INTO audit_entries (actor_id, action, subject_id, details)
     SELECT ($2::uuid[])[1 + n % 100], CASE n % 25000 WHEN 0 THEN 'competition.edited' ELSE 'registration.seated' END, $1, '{}'
     FROM generate_series(0, 99999) AS n`,
    [competition.id, persons.map(({ id }) => id)],
  );
  await rows('ANALYZE audit_entries');
  const seen = new Set<string>();
  let cursor: string | null = '';
  for (let page = 0; page < 20 && cursor !== null; page++) {
    const { body }: { body: HistoryPage } = await read(competition, `?limit=100${cursor && `&cursor=${cursor}`}`);
    for (const { id } of body.items) seen.add(id);
    cursor = body.nextCursor;
  }
  expect(seen.size).toBe(2_000);
  expect(await actions(competition, '?kind=competition')).toHaveLength(4);
  expect(await entries(competition, `?person=${persons[7]!.id}&limit=100`)).toHaveLength(100);

  /** Entries that were read and are not on the page. */
  const wasted = async (kind: string) => {
    const { rows: plan } = await api.pool.query(
      `EXPLAIN (ANALYZE, FORMAT JSON)
       SELECT id FROM audit_entries e WHERE e.subject_id = $1 AND ${kind} ORDER BY e.id DESC LIMIT 21`,
      [competition.id],
    );
    const counts = JSON.stringify(plan).matchAll(/"Rows Removed by Filter":(\d+)/g);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  const byStaff = `e.action NOT IN ('registration.seated', 'registration.waiting', 'registration.promoted', 'registration.left', 'registration.cancelled')`;
  expect([await wasted('true'), await wasted(byStaff)]).toEqual([0, 0]);
  await rows('DROP INDEX audit_of_staff');
  expect(await wasted(byStaff)).toBeGreaterThan(10_000);
});

it('names the team that an entry is about, and belongs to the history of each of its members', async () => {
  const competition = await aTeamCompetition({ organizer, capacity: 4 });
  const [captain, member, other] = (await people(3)) as [Person, Person, Person];
  const team = await aTeam(competition, [captain, member], { name: 'Rowers' });
  await registerTeam(team);
  await registerTeam(await aTeam(competition, [other]));
  await leaveTeam(team, member);
  const rowers = { id: team.id, name: 'Rowers' };
  const all = await entries(competition);
  expect(all).toMatchObject([
    { action: 'team.left', actor: { id: member.id }, person: { id: member.id }, team: rowers },
    { action: 'registration.seated', actor: { id: other.id }, person: null },
    {
      action: 'registration.seated',
      actor: { id: captain.id },
      person: null,
      team: rowers,
      changes: [{ field: 'status', before: null, after: 'SEATED' }],
    },
  ]);
  expect(await actions(competition, '?kind=registrations')).toEqual(all.map(({ action }) => action));
  expect(await actions(competition, '?kind=removals')).toEqual([]);
  expect(await actions(competition, `?person=${member.id}`)).toEqual(['team.left', 'registration.seated']);
  expect(await actions(competition, `?person=${other.id}`)).toEqual(['registration.seated']);
});

it('says what a team was called before it was renamed', async () => {
  const competition = await aTeamCompetition({ organizer });
  const captain = await aPerson();
  const team = await aTeam(competition, [captain], { name: 'Rowers' });
  await teamClient(api.url).rename(captain, team, 'Eight');
  expect((await entries(competition))[0]).toMatchObject({
    action: 'team.renamed',
    team: { name: 'Eight' },
    changes: [{ field: 'name', before: 'Rowers', after: 'Eight' }],
  });
});
