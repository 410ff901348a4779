import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { anOrganizer, type Person } from '../../../test/support/factories.js';
import { lockRegistration } from '../../../test/support/locks.js';
import { rows } from '../../../test/support/queries.js';
import { holdBefore, sabotage, untilWaiting } from '../../../test/support/sabotage.js';
import { aTeamCompetition, formTeams, type TestTeam, teamClient } from '../../../test/support/teams.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Teams of two that one member each has left, at the moment when they are fixed, and a door that has scanned the others. */
async function tooSmallTeams(count: number) {
  const organizer = await anOrganizer();
  const competition = await aTeamCompetition({ organizer, teamMin: 2 });
  const teams = await formTeams(competition, Array<number>(count).fill(2));
  const client = teamClient(api.url);
  const device = new Device(checkInClient(api.url), organizer, competition);
  const ids: string[] = [];
  for (const team of teams) {
    const { registrationId } = (await client.register(team, competition)).body;
    const leaver = team.members[1] as Person;
    await client.end(leaver, team, leaver);
    device.scan({ registrationId, userId: team.captain.id });
    ids.push(registrationId);
  }
  await device.open();
  await rows(`UPDATE competitions SET teams_lock_at = now() - interval '4 seconds' WHERE id = $1`, [competition.id]);
  await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
  const fixTeams = () =>
    rows('SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) locked', [
      competition.id,
    ]);
  return { teams, device, ids, fixTeams };
}

const statusOf = async ({ id }: TestTeam) =>
  (await rows<{ status: string }>('SELECT status FROM registrations WHERE team_id = $1', [id]))[0]?.status;

describe('CI-11: fixing the teams while a door sends its scans', () => {
  let original = '';
  beforeEach(async () => {
    const [row] = await rows<{ source: string }>(`SELECT pg_get_functiondef('settle_teams_v1'::regproc) AS source`);
    original = row?.source ?? '';
  });
  afterEach(() => rows(original));

  /** The teams are fixed between the scan of a member and its commit. */
  async function fixWhileScanning() {
    const { teams, device, fixTeams } = await tooSmallTeams(1);
    const release = await holdBefore('INSERT', 'check_ins');
    const scanned = device.sync();
    await untilWaiting('advisory');
    const fixed = fixTeams();
    await untilWaiting('transactionid');
    await release();
    const [{ body }] = await Promise.all([scanned, fixed]);
    await rows('DROP TRIGGER hold_change ON check_ins');
    await rows('DROP FUNCTION hold_change');
    return { result: body.results[0].result, status: await statusOf(teams[0] as TestTeam) };
  }

  it('keeps a team that is too small, of which somebody is let in at that moment', async () => {
    expect(await fixWhileScanning()).toEqual({ result: 'WELCOME', status: 'PENDING' });
  });

  it('sabotage: without the lock of its registration, the team ends although somebody was let in', async () => {
    await sabotage('settle_teams_v1', /PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, '');
    expect(await fixWhileScanning()).toEqual({ result: 'WELCOME', status: 'CANCELLED' });
  });

  /** Both want the registrations of two teams, of which somebody else holds the one that the door locks last. */
  async function fixTwoWhileScanning(untilDoorWaits: () => Promise<unknown>) {
    const { device, ids, fixTeams } = await tooSmallTeams(2);
    const [, last] = ids.toSorted() as [string, string];
    const held = await lockRegistration({ id: last });
    const fixed = Promise.allSettled([fixTeams()]);
    await untilWaiting('transactionid');
    const scanned = device.sync();
    await untilDoorWaits();
    await held.release();
    const [[fixing], { status }] = await Promise.all([fixed, scanned]);
    return { fixing: fixing.status, status };
  }

  it('locks several teams in the same order as the door, so that one waits for the other', async () => {
    expect(await fixTwoWhileScanning(() => untilWaiting('transactionid', 2))).toEqual({
      fixing: 'fulfilled',
      status: 200,
    });
  });

  it('sabotage: in another order, they wait for each other until the database ends one of them', async () => {
    await sabotage('settle_teams_v1', /ORDER BY id\s+FOR NO KEY UPDATE/, 'ORDER BY id DESC FOR NO KEY UPDATE');
    expect(await fixTwoWhileScanning(() => untilWaiting('tuple'))).not.toEqual({ fixing: 'fulfilled', status: 200 });
  });
});
