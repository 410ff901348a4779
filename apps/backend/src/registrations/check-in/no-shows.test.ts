import { randomUUID } from 'node:crypto';
import type { RecordedScan } from '@mini-compete/shared/check-ins';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import { aMinuteAgo, checkInClient, Device } from '../../../test/support/doors.js';
import {
  aCompetition,
  anOrganizer,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { allJobsSettled, expectNothingBroken, passUndoTime } from '../../../test/support/jobs.js';
import { messages, rows, seatsOf } from '../../../test/support/queries.js';
import { aTeamCompetition, formTeam, formTeams, teamClient } from '../../../test/support/teams.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let client: ReturnType<typeof checkInClient>;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
  client = checkInClient(api.url);
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker.close();
  await api.close();
});

/** It has begun, and people on the waitlist still get seats. */
async function begun(n: number, { waiting = 0, promoteUntil = inHours(2) as Date | null } = {}) {
  const competition = await aCompetition({ organizer, capacity: n, promoteUntil });
  const persons = await people(n + waiting);
  const ids = await registerMany(persons, competition, { join: true });
  await rows(
    `UPDATE competitions SET reg_deadline = now() - interval '1 hour', start_date = now() - interval '1 second' WHERE id = $1`,
    [competition.id],
  );
  await allJobsSettled();
  const holders = persons.map(({ id }, i) => ({ registrationId: ids[i] ?? '', userId: id }));
  return { competition, persons, holders };
}

async function released(competition: { id: string }): Promise<void> {
  await passUndoTime(competition);
  await allJobsSettled();
}

const statuses = async ({ id }: { id: string }) =>
  (
    await rows<{ status: string }>(
      `SELECT coalesce(end_reason::text, status::text) AS status FROM registrations WHERE competition_id = $1 ORDER BY admission`,
      [id],
    )
  ).map(({ status }) => status);

const lastMessageOf = async ({ id }: Person) =>
  (await rows('SELECT kind, text FROM mailbox_messages WHERE user_id = $1 ORDER BY id DESC LIMIT 1', [id]))[0];

describe('releasing no-shows', () => {
  it('gives the seats of people who have not come to the waitlist, and tells them', async () => {
    const { competition, persons, holders } = await begun(3, { waiting: 1 });
    const device = await new Device(client, organizer, competition).open();
    device.scan(holders[1]!);
    await device.sync();
    const preview = (await client.noShows(organizer, competition)).body;
    expect(preview).toMatchObject({ people: 2, promoted: 1, begun: true, doors: [] });
    expect(preview.sample).toEqual([persons[0]!.name, persons[2]!.name]);
    const { status, body } = await client.release(organizer, competition);
    expect([status, body]).toMatchObject([202, { kind: 'NO_SHOWS', count: 2, state: 'PENDING' }]);
    await released(competition);
    expect(await statuses(competition)).toEqual(['NO_SHOW', 'CONFIRMED', 'NO_SHOW', 'CONFIRMED']);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 0 });
    expect(
      (await messages(`kind = 'NO_SHOW' AND competition_id = '${competition.id}'`)).map(({ userId }) => userId).sort(),
    ).toEqual([persons[0]!.id, persons[2]!.id].sort());
    expect((await client.noShows(organizer, competition)).body.people).toBe(1);
  });

  it.each([
    { seatUnit: 'PERSON', capacity: 4, sizes: [2, 2, 4, 1], promoted: 0 },
    { seatUnit: 'PERSON', capacity: 4, sizes: [2, 2, 3, 1], promoted: 3 },
    { seatUnit: 'TEAM', capacity: 2, sizes: [2, 2, 4, 1], promoted: 4 },
  ] as const)(
    'says how many people of waiting teams get a seat: teams of $sizes, a seat per $seatUnit',
    async ({ seatUnit, capacity, sizes, promoted }) => {
      const competition = await aTeamCompetition({ organizer, capacity, seatUnit, promoteUntil: inHours(2) });
      const formed = await formTeams(competition, sizes);
      const ids = [];
      for (const team of formed) {
        const { body } = await teamClient(api.url).register(team, competition, { joinWaitlist: true });
        ids.push(body.registrationId);
      }
      await rows(`UPDATE competitions SET start_date = now() - interval '1 second' WHERE id = $1`, [competition.id]);
      const device = await new Device(client, organizer, competition).open();
      device.scan({ registrationId: ids[0], userId: formed[0]!.captain.id });
      await device.sync();
      expect((await client.noShows(organizer, competition)).body).toMatchObject({ people: 3, promoted });
      await client.release(organizer, competition);
      await released(competition);
      const moved = await rows(
        `SELECT FROM registration_people p JOIN registrations r ON r.id = p.registration_id
       WHERE r.competition_id = $1 AND r.promoted_at IS NOT NULL`,
        [competition.id],
      );
      expect(moved).toHaveLength(promoted);
    },
  );

  it('promotes nobody once promotion has ended', async () => {
    const { competition } = await begun(1, { waiting: 1, promoteUntil: null });
    expect((await client.noShows(organizer, competition)).body).toMatchObject({ people: 1, promoted: 0 });
    await client.release(organizer, competition);
    await released(competition);
    expect(await statuses(competition)).toEqual(['NO_SHOW', 'WAITLISTED']);
  });

  it('waits for ten seconds: an undo keeps everybody, and people who come in meanwhile keep their seats', async () => {
    const { competition, holders } = await begun(2);
    const { body } = await client.release(organizer, competition, [], { key: 'release-1' });
    expect((await client.release(organizer, competition, [], { key: 'release-1' })).text).toBe(JSON.stringify(body));
    const staff = organizerClient(api.url);
    expect((await staff.undo(organizer, competition, body.id)).status).toBe(200);
    await released(competition);
    expect(await statuses(competition)).toEqual(['CONFIRMED', 'CONFIRMED']);

    await client.release(organizer, competition);
    const device = await new Device(client, organizer, competition).open();
    device.scan(holders[0]!);
    await device.sync();
    await released(competition);
    expect(await statuses(competition)).toEqual(['CONFIRMED', 'NO_SHOW']);
    const actions = await rows<{ action: string }>(
      `SELECT action FROM audit_entries WHERE subject_id = $1 AND action LIKE '%no-show%' ORDER BY id`,
      [competition.id],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      ...['no-shows.requested', 'no-shows.undone', 'no-shows.requested', 'registration.no-show'],
    ]);
  });

  it('is refused before the start, without a date, and when everybody is in', async () => {
    const { competition, holders } = await begun(1);
    await rows('UPDATE competitions SET start_date = $2 WHERE id = $1', [competition.id, inHours(1)]);
    expect((await client.release(organizer, competition)).body.code).toBe('NOT_STARTED');
    await rows('UPDATE competitions SET start_date = NULL WHERE id = $1', [competition.id]);
    expect((await client.release(organizer, competition)).body.code).toBe('NOT_STARTED');
    await rows(`UPDATE competitions SET start_date = now() - interval '1 second' WHERE id = $1`, [competition.id]);
    const device = await new Device(client, organizer, competition).open();
    device.scan(holders[0]!);
    await device.sync();
    expect((await client.release(organizer, competition)).body.code).toBe('NOBODY_ABSENT');
  });

  it('CI-06 names a door that is offline; overridden, its fifty scans are entries, and managers are told', async () => {
    const { competition, holders } = await begun(60, { waiting: 55 });
    const online = await new Device(client, organizer, competition).open('Online');
    const offline = await new Device(client, organizer, competition).open('Offline');
    for (const holder of holders.slice(0, 5)) online.scan(holder);
    await online.sync();
    const earlier = await aMinuteAgo(offline);
    for (const holder of holders.slice(5, 55)) offline.scan(holder, { at: earlier });

    expect((await client.noShows(organizer, competition)).body.doors).toMatchObject([
      { id: offline.door.id, name: 'Offline' },
    ]);
    expect((await client.release(organizer, competition)).body.code).toBe('DOORS_NOT_SYNCED');
    expect((await client.release(organizer, competition, [randomUUID()])).body.code).toBe('DOORS_NOT_SYNCED');
    const { body } = await client.release(organizer, competition, [offline.door.id]);
    expect(body.count).toBe(55);
    await released(competition);
    expect((await statuses(competition)).filter((status) => status === 'NO_SHOW')).toHaveLength(55);

    const { body: uploaded } = await offline.sync();
    expect(uploaded.results.map(({ result }: { result: string }) => result)).toEqual(Array(50).fill('WELCOME'));
    const { numbers, problems } = (await client.day(organizer, competition)).body;
    expect(numbers).toMatchObject({ in: 55, problems: 50 });
    expect((problems as RecordedScan[]).every(({ note }) => note === 'ENTRY_AFTER_RELEASE')).toBe(true);
    // The registrations stay ended, and take no seats back.
    expect((await statuses(competition)).filter((status) => status === 'NO_SHOW')).toHaveLength(55);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    // Who comes only after the release is told so.
    offline.scans.length = 0;
    offline.scan(holders[57]!);
    expect((await offline.sync()).body.results[0]).toMatchObject({ result: 'ENDED', person: { status: 'ENDED' } });
  });

  it('CI-05 tells an absent member, and the team, which goes on; a late scan of theirs is an entry that managers see', async () => {
    const competition = await aTeamCompetition({ organizer, capacity: 3 });
    const team = await formTeam(competition, 2);
    const [captain, absent] = team.members as [Person, Person];
    const { registrationId } = (await teamClient(api.url).register(team, competition)).body;
    await rows(`UPDATE competitions SET start_date = now() - interval '1 second' WHERE id = $1`, [competition.id]);
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    const online = await new Device(client, organizer, competition).open('Online');
    const offline = await new Device(client, organizer, competition).open('Offline');
    online.scan({ registrationId, userId: captain.id });
    await online.sync();
    const earlier = await aMinuteAgo(offline);
    offline.scan({ registrationId, userId: absent.id }, { at: earlier });
    await client.release(organizer, competition, [offline.door.id]);
    await released(competition);
    expect(await statuses(competition)).toEqual(['CONFIRMED']);

    expect(await lastMessageOf(absent)).toMatchObject({
      kind: 'NO_SHOW',
      text: expect.stringMatching(/hadn’t checked in.+The team Team \d+ goes on without you.+Talk to the organizer/s),
    });
    expect(await lastMessageOf(captain)).toMatchObject({
      kind: 'TEAM_CHANGED',
      text: expect.stringMatching(/hadn’t checked in.+the organizer has released their place in your team/s),
    });
    const { body: mine } = await get(api.url, '/api/competitions/registrations/my?status=ended', {
      token: absent.token,
    });
    expect(mine.items[0]).toMatchObject({ status: 'CANCELLED', endReason: 'NO_SHOW' });
    const detailFor = async ({ token }: Person) =>
      (await get(api.url, `/api/competitions/${competition.id}`, { token })).body;
    expect((await detailFor(absent)).endedRegistration).toMatchObject({ registrationId, endReason: 'NO_SHOW' });
    expect((await detailFor(captain)).endedRegistration).toBeNull();
    const { body: history } = await get(api.url, `/api/competitions/${competition.id}/history`, {
      token: organizer.token,
    });
    expect(history.items[0]).toMatchObject({
      action: 'team.no-show',
      actor: { id: organizer.id },
      person: { id: absent.id },
      team: { id: team.id },
    });

    expect((await offline.sync()).body.results[0]).toMatchObject({ result: 'WELCOME', person: { status: 'ENDED' } });
    const { numbers, problems } = (await client.day(organizer, competition)).body;
    expect(numbers).toMatchObject({ in: 2, expected: 2, problems: 1 });
    expect(problems).toMatchObject([
      { result: 'WELCOME', note: 'ENTRY_AFTER_RELEASE', person: { userId: absent.id, status: 'ENDED' } },
    ]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 2, waiting: 0 });
  });

  it('either releases a person or lets them in, when both happen at once, 40 times', async () => {
    const { competition, holders } = await begun(40);
    const devices = await Promise.all([1, 2, 3, 4].map(() => new Device(client, organizer, competition).open()));
    await Promise.all(devices.map((device) => device.sync([])));
    await client.release(organizer, competition);
    const uploads = devices.map(async (device, door) => {
      for (let i = door; i < holders.length; i += devices.length)
        for (let status = 503; status === 503; ) {
          device.scans.length = 0;
          device.scan(holders[i]!);
          ({ status } = await device.sync());
        }
    });
    await Promise.all([passUndoTime(competition), ...uploads]);
    await allJobsSettled();
    const ended = await rows<{ id: string; endedAt: Date; at: Date; result: string }>(
      `SELECT r.id, r.ended_at AS "endedAt", i.at, i.result FROM registrations r JOIN check_ins i ON i.registration_id = r.id
       WHERE r.competition_id = $1 AND r.end_reason = 'NO_SHOW'`,
      [competition.id],
    );
    for (const { endedAt, at, result } of ended) expect(result).toBe(at < endedAt ? 'WELCOME' : 'ENDED');
    const isIn = `i.result = 'WELCOME'`;
    const kept = await rows(
      `SELECT FROM registrations r JOIN check_ins i ON i.registration_id = r.id
       WHERE r.competition_id = $1 AND r.status = 'CONFIRMED' AND ${isIn}`,
      [competition.id],
    );
    expect(kept.length + (await statuses(competition)).filter((status) => status === 'NO_SHOW').length).toBe(40);
  });
});
