import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { staffClient } from '../../../test/support/competition-clients.js';
import { anOrganizer, aPerson, inHours, type Person, people } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { aTeam, leaveTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows } from '../../../test/support/queries.js';
import { type SeatSubscriber, subscribe } from '../../../test/support/seat-subscriber.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

type Competition = { readonly id: string };
const detail = async ({ id }: Competition, { token }: Person) =>
  (await get(api.url, `/api/competitions/${id}`, { token })).body;
const mine = async ({ token }: Person, query = '') =>
  (await get(api.url, `/api/competitions/registrations/my?${query}`, { token })).body;
const three = async () => (await people(3)) as [Person, Person, Person];
const forTeams = (options = {}) => aTeamCompetition({ organizer, capacity: 3, ...options });

describe('the registration of a team', () => {
  it('is the one of each of its members, until they leave', async () => {
    const competition = await forTeams();
    const [captain, member, other] = await three();
    const team = await aTeam(competition, [captain, member, other], { name: 'Rowers' });
    expect((await detail(competition, member)).registration).toBeNull();
    const registrationId = await registerTeam(team);
    const asTeam = (isCaptain: boolean) => ({ id: team.id, name: 'Rowers', isCaptain });
    for (const person of [captain, member])
      expect((await detail(competition, person)).registration).toMatchObject({
        registrationId,
        status: 'PENDING',
        position: null,
        team: asTeam(person === captain),
      });
    await leaveTeam(team, captain);
    expect((await detail(competition, captain)).registration).toBeNull();
    expect((await detail(competition, member)).registration.team).toEqual(asTeam(true));
    expect((await detail(competition, await aPerson())).registration).toBeNull();
  });

  it('says how it has ended, to those who are still in the team', async () => {
    const competition = await forTeams({ teamMin: 3, teamsLockAt: inHours(3) });
    const [captain, member, leaving] = await three();
    const team = await aTeam(competition, [captain, member, leaving]);
    const registrationId = await registerTeam(team);
    await leaveTeam(team, leaving);
    await rows(
      `UPDATE competitions SET teams_lock_at = now() - interval '1 hour', next_expiry_at = now() - interval '1 hour' WHERE id = $1`,
      [competition.id],
    );
    await rows('SELECT settle_all_v1($1)', [competition.id]);
    expect((await detail(competition, member)).endedRegistration).toMatchObject({
      registrationId,
      endReason: 'TEAM_TOO_SMALL',
    });
    expect((await detail(competition, leaving)).endedRegistration).toBeNull();
  });

  it('is in the list of each member with the team, and has ended for those who have left', async () => {
    const competition = await forTeams();
    const [captain, member, leaving] = await three();
    const team = await aTeam(competition, [captain, member, leaving], { name: 'Rowers' });
    const registrationId = await registerTeam(team);
    await registerTeam(await aTeam(competition, await people(2)), { join: true });
    await leaveTeam(team, leaving);
    const [active] = (await mine(member, 'status=active')).items;
    expect(active).toMatchObject({ registrationId, status: 'PENDING', team: { name: 'Rowers', isCaptain: false } });
    expect(await mine(member, 'status=ended')).toMatchObject({ items: [], total: 0 });
    expect(await mine(leaving, 'status=active')).toMatchObject({ items: [], total: 0 });
    const ended = await mine(leaving, 'status=ended');
    expect(ended).toMatchObject({
      items: [{ registrationId, status: 'CANCELLED', endReason: 'LEFT', endedAt: expect.any(String) }],
      total: 1,
    });
    expect(await mine(await aPerson())).toMatchObject({ items: [], total: 0 });
  });

  it('is not in the list of somebody who joined the team after it had ended', async () => {
    const competition = await forTeams();
    const [captain, late] = await three();
    const team = await aTeam(competition, [captain]);
    const ended = await registerTeam(team);
    await rows(`SELECT end_registrations_v1(ARRAY[$1]::uuid[], 'LEFT', NULL, NULL)`, [ended]);
    await rows('INSERT INTO team_members (team_id, competition_id, user_id, joined_at) VALUES ($1, $2, $3, now())', [
      team.id,
      competition.id,
      late.id,
    ]);
    expect((await mine(late)).items).toEqual([]);
    const again = await registerTeam(team);
    const idsOf = async (person: Person) =>
      (await mine(person)).items.map((item: { registrationId: string }) => item.registrationId);
    expect(await idsOf(late)).toEqual([again]);
    expect(await idsOf(captain)).toEqual([again, ended]);
  });
});

describe('the event stream of a member of a team', () => {
  const subscribers: SeatSubscriber[] = [];
  afterEach(() => {
    for (const subscriber of subscribers.splice(0)) subscriber.close();
  });
  const soon = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: 10_000, interval: 20 });
  const changed = ({ id }: Competition) => api.app.get(SeatNotifier).notify(id);

  async function watch(competition: Competition, { token }: Person): Promise<SeatSubscriber> {
    const subscriber = await subscribe(api.url, competition, { headers: { authorization: `Bearer ${token}` } });
    subscribers.push(subscriber);
    return subscriber;
  }
  const last = ({ registrations }: SeatSubscriber) => registrations.at(-1);

  it('has the position of the team, who is captain, and the seat', async () => {
    const competition = await forTeams();
    const first = await aTeam(competition, await three());
    const [captain, member] = await three();
    const waiting = await aTeam(competition, [captain, member]);
    await registerTeam(first);
    await registerTeam(waiting, { join: true });
    const watched = await watch(competition, member);
    await soon(() =>
      expect(last(watched)).toMatchObject({ status: 'WAITLISTED', position: 1, team: { isCaptain: false } }),
    );
    await leaveTeam(waiting, captain);
    changed(competition);
    await soon(() =>
      expect(last(watched)).toMatchObject({ status: 'WAITLISTED', position: 1, team: { isCaptain: true } }),
    );
    await leaveTeam(first, first.captain);
    changed(competition);
    await soon(() =>
      expect(last(watched)).toMatchObject({ status: 'PENDING', position: null, team: { isCaptain: true } }),
    );
  });

  it('TM-11: tells those who watch before the captain registers, once that is done, and again after a withdrawal', async () => {
    const competition = await forTeams({ capacity: 2 });
    const [captain, member, stranger] = await three();
    const team = await aTeam(competition, [captain, member]);
    const [watched, other] = [await watch(competition, member), await watch(competition, stranger)];
    await soon(() => expect([watched.events.length, other.events.length].every((count) => count > 0)).toBe(true));
    const registrationId = await registerTeam(team);
    changed(competition);
    await soon(() =>
      expect(last(watched)).toMatchObject({ registrationId, status: 'PENDING', team: { isCaptain: false } }),
    );
    expect(other.registrations).toEqual([]);

    const waiting = await aTeam(competition, [stranger, (await people(1))[0] as Person]);
    const watching = await watch(competition, stranger);
    const again = await registerTeam(waiting, { join: true });
    changed(competition);
    await soon(() => expect(last(watching)).toMatchObject({ registrationId: again, position: 1 }));
    await rows(`SELECT end_registrations_v1(ARRAY[$1]::uuid[], 'LEFT', NULL, NULL)`, [again]);
    changed(competition);
    await soon(() => expect(last(watching)).toMatchObject({ registrationId: again, status: 'CANCELLED' }));
    const third = await registerTeam(waiting, { join: true });
    changed(competition);
    await soon(() => expect(last(watching)).toMatchObject({ registrationId: third, position: 1 }));
  });

  it('ends for somebody who leaves, and tells them nothing of the team any more', async () => {
    const competition = await forTeams();
    const first = await aTeam(competition, await three());
    const [captain, member, leaving] = await three();
    const waiting = await aTeam(competition, [captain, member, leaving]);
    await registerTeam(first);
    await registerTeam(waiting, { join: true });
    const [stays, leaves] = [await watch(competition, member), await watch(competition, leaving)];
    for (const each of [stays, leaves]) await soon(() => expect(last(each)?.position).toBe(1));
    await leaveTeam(waiting, leaving);
    changed(competition);
    await soon(() => expect(last(leaves)).toMatchObject({ status: 'CANCELLED', position: null }));
    for (const person of [first.captain]) await leaveTeam(first, person);
    await rows(
      `SELECT end_registrations_v1(ARRAY(SELECT id FROM registrations WHERE team_id = $1), 'LEFT', NULL, NULL)`,
      [first.id],
    );
    changed(competition);
    await soon(() => expect(last(stays)?.status).toBe('PENDING'));
    expect(last(leaves)?.status).toBe('CANCELLED');
  });
});

describe('the staff', () => {
  it('takes nobody whose team is registered', async () => {
    const competition = await forTeams();
    const [captain, member] = await three();
    const team = await aTeam(competition, [captain, member]);
    const staff = staffClient(api.url);
    const invite = async (person: Person) =>
      (await staff.invite(organizer, competition, { email: person.email, role: 'REVIEWER' })).body.link;
    const link = await invite(member);
    await registerTeam(team);
    expect((await staff.accept(member, link)).body.code).toBe('REGISTERED_HERE');
    await leaveTeam(team, member);
    expect((await staff.accept(member, link)).status).toBe(200);
  });
});
