import type { ScanResult } from '@mini-compete/shared/check-ins';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aMinuteAgo, checkInClient, Device } from '../../../test/support/doors.js';
import { anOrganizer, type Person } from '../../../test/support/factories.js';
import { rows, seatsOf } from '../../../test/support/queries.js';
import { aTeamCompetition, formTeam, formTeams, type TestTeam, teamClient } from '../../../test/support/teams.js';

let api: TestApi;
let client: ReturnType<typeof checkInClient>;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  client = checkInClient(api.url);
  organizer = await anOrganizer();
});
afterAll(() => api.close());

async function registeredTeam(size: number) {
  const competition = await aTeamCompetition({ organizer, capacity: 10 });
  const team = await formTeam(competition, size);
  const { status, body, text } = await teamClient(api.url).register(team, competition);
  expect(status, text).toBe(201);
  const device = await new Device(client, organizer, competition).open();
  const holder = (person: Person | undefined) => ({
    registrationId: body.registrationId as string,
    userId: person?.id ?? '',
  });
  return { competition, team, device, holder };
}

const livingMembers = async ({ id }: { id: string }) =>
  (
    await rows<{ id: string }>('SELECT user_id AS id FROM team_members WHERE team_id = $1 AND left_at IS NULL', [id])
  ).map((member) => member.id);
/** As when the time of their lock has come. */
async function fixTeams({ id }: { id: string }): Promise<void> {
  await rows(`UPDATE competitions SET teams_lock_at = now() - interval '4 seconds' WHERE id = $1`, [id]);
  await rows('SELECT set_next_expiry_v1($1)', [id]);
  await rows('SELECT settle_all_v1($1)', [id]);
}

const results = ({ results }: { results: ScanResult[] }) => results.map(({ result }) => result);

it('CI-05 has a ticket for each member, and counts each of them', async () => {
  const { competition, team, device, holder } = await registeredTeam(3);
  const tickets = await Promise.all(team.members.map((member) => client.ticket(member, competition)));
  expect(new Set(tickets.map(({ body }) => body.ticket)).size).toBe(3);
  expect(tickets[0]?.body.team).toMatch(/^Team /);
  expect(device.people.map(({ team: name }) => name)).toEqual(Array(3).fill(tickets[0]?.body.team));
  const at = await aMinuteAgo(device);
  for (const { body } of tickets) device.scan(body.ticket, { at });
  device.scan(holder(team.members[0]));
  const { body } = await device.sync();
  expect(results(body)).toEqual(['WELCOME', 'WELCOME', 'WELCOME', 'ALREADY_IN']);
  expect(body.results[0].person.team).toBe(tickets[0]?.body.team);
  expect((await client.day(organizer, competition)).body.numbers).toMatchObject({ in: 3, expected: 3 });
});

it('CI-05 releases absent members, and the team if nobody came', async () => {
  const { competition, team, device, holder } = await registeredTeam(3);
  const absent = await formTeam(competition, 2);
  const { body } = await teamClient(api.url).register(absent, competition);
  device.scan(holder(team.members[1]));
  await device.sync();
  await rows(`UPDATE competitions SET start_date = now() - interval '1 minute' WHERE id = $1`, [competition.id]);
  await device.sync([]);
  expect((await client.noShows(organizer, competition)).body).toMatchObject({ people: 4, begun: true });
  const ended = await rows<{ id: string }>('SELECT release_no_shows_v1($1, ARRAY[$2, $3]::uuid[], $4) AS id', [
    competition.id,
    holder(team.captain).registrationId,
    body.registrationId,
    organizer.id,
  ]);
  expect(ended).toEqual([{ id: body.registrationId }]);
  expect(await livingMembers(team)).toEqual([team.members[1]?.id]);
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 9, waiting: 0 });
});

it('counts a member who had come in when they left the team', async () => {
  const { competition, team, device, holder } = await registeredTeam(2);
  const [, leaver] = team.members;
  const { ticket } = (await client.ticket(leaver!, competition)).body;
  device.scan(holder(leaver), { at: await aMinuteAgo(device) });
  await rows('SELECT leave_team_v1(id, $2, $3) FROM team_members WHERE user_id = $1', [leaver!.id, 'LEFT', leaver!.id]);
  device.scan(ticket, { at: new Date(Date.now() + 60_000).toISOString() });
  const { body } = await device.sync();
  expect(results(body)).toEqual(['WELCOME', 'ENDED']);
  expect((await client.ticket(leaver!, competition)).body.code).toBe('TICKET_NOT_FOUND');
});

it('judges a scan of a member who has left by what the team was then, and by when they left', async () => {
  const competition = await aTeamCompetition({ organizer, capacity: 2 });
  const seated = await formTeam(competition, 2);
  const waiting = await formTeam(competition, 2);
  const teams = teamClient(api.url);
  await teams.register(seated, competition);
  const { registrationId } = (await teams.register(waiting, competition, { joinWaitlist: true })).body;
  const device = await new Device(client, organizer, competition).open();
  const leaver = waiting.members[1] as Person;
  device.scan({ registrationId, userId: leaver.id }, { at: await aMinuteAgo(device) });
  await teams.end(leaver, waiting, leaver);
  device.scan({ registrationId, userId: leaver.id }, { at: new Date(Date.now() + 60_000).toISOString() });
  expect(results((await device.sync()).body)).toEqual(['NOT_DECIDED', 'ENDED']);
});

it('says at the door that somebody has left a team that goes on, unless they are a member again', async () => {
  const { competition, team, device, holder } = await registeredTeam(3);
  const [, leaver, returned] = team.members as [Person, Person, Person];
  const teams = teamClient(api.url);
  const { ticket } = (await client.ticket(leaver, competition)).body;
  for (const person of [leaver, returned]) await teams.end(person, team, person);
  await teams.join(returned, team);
  await device.open();
  const statusOf = ({ id }: Person) => device.people.filter(({ userId }) => userId === id).map(({ status }) => status);
  expect(team.members.map(statusOf)).toEqual([['SEATED'], ['ENDED'], ['SEATED']]);
  expect(device.people).toContainEqual(expect.objectContaining({ ...holder(leaver), name: leaver.name, entry: null }));
  device.scan(ticket);
  expect((await device.sync()).body.results).toMatchObject([{ result: 'ENDED', person: { status: 'ENDED' } }]);

  await teams.end(team.captain, team, team.captain);
  await teams.end(returned, team, returned);
  expect((await device.open()).people.map(({ status }) => status)).toEqual(['ENDED', 'ENDED', 'ENDED']);
});

it('keeps a team whose absent members were released before the teams are fixed, and does not warn it', async () => {
  const competition = await aTeamCompetition({ organizer, teamMin: 2 });
  const [team, absent] = (await formTeams(competition, [3, 2])) as [TestTeam, TestTeam];
  const teams = teamClient(api.url);
  const { registrationId } = (await teams.register(team, competition)).body;
  const other = (await teams.register(absent, competition)).body;
  const leaver = absent.members[1] as Person;
  await teams.end(leaver, absent, leaver);
  const device = await new Device(client, organizer, competition).open();
  device.scan({ registrationId, userId: team.captain.id });
  await device.sync();
  await rows('SELECT release_no_shows_v1($1, ARRAY[$2]::uuid[], $3)', [competition.id, registrationId, organizer.id]);
  expect(await livingMembers(team)).toEqual([team.captain.id]);
  expect((await teams.mine(team.captain, competition)).body.registration).toMatchObject({ seats: 1, hasCome: true });
  const warned = await rows<{ id: string }>(
    `SELECT payload->>'registrationId' AS id FROM outbox WHERE job = 'team-below-minimum'`,
  );
  expect(warned.map(({ id }) => id)).not.toContain(registrationId);
  expect(warned.map(({ id }) => id)).toContain(other.registrationId);

  await fixTeams(competition);
  const ended = await rows(
    `SELECT id, end_reason FROM registrations WHERE competition_id = $1 AND status = 'CANCELLED'`,
    [competition.id],
  );
  expect(ended).toEqual([{ id: other.registrationId, end_reason: 'TEAM_TOO_SMALL' }]);
});

it('says at the door that a team ended because it was too small: its members have tickets', async () => {
  const competition = await aTeamCompetition({ organizer, teamMin: 2 });
  const team = await formTeam(competition, 2);
  const teams = teamClient(api.url);
  await teams.register(team, competition);
  const { ticket } = (await client.ticket(team.captain, competition)).body;
  const [, leaver] = team.members as [Person, Person];
  await teams.end(leaver, team, leaver);
  await fixTeams(competition);
  const device = await new Device(client, organizer, competition).open();
  expect(device.people.map(({ name, status }) => [name, status])).toEqual(
    expect.arrayContaining(team.members.map(({ name }) => [name, 'ENDED'])),
  );
  device.scan(ticket);
  expect(results((await device.sync()).body)).toEqual(['ENDED']);
});

it('tells managers of somebody who had come in by an offline door when their team ended because it was too small', async () => {
  const competition = await aTeamCompetition({ organizer, teamMin: 2 });
  const team = await formTeam(competition, 2);
  const teams = teamClient(api.url);
  const { registrationId } = (await teams.register(team, competition)).body;
  const [captain, leaver] = team.members as [Person, Person];
  const device = await new Device(client, organizer, competition).open();
  device.scan({ registrationId, userId: captain.id }, { at: await aMinuteAgo(device) });
  await teams.end(leaver, team, leaver);
  await fixTeams(competition);
  expect(results((await device.sync()).body)).toEqual(['WELCOME']);
  const { numbers, problems } = (await client.day(organizer, competition)).body;
  expect(numbers).toMatchObject({ in: 1, problems: 1 });
  expect(problems).toMatchObject([
    { result: 'WELCOME', note: 'ENTRY_AFTER_RELEASE', person: { userId: captain.id, status: 'ENDED' } },
  ]);
});
