import type { Registrant } from '@mini-compete/shared/registrations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { aCompetition, anOrganizer, aPerson, type Person, registerMany } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { aTeam, registerTeam } from '../../../test/support/named-teams.js';
import { aTeamCompetition } from '../../../test/support/teams.js';

let api: TestApi;
let organizer: Person;
beforeAll(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterAll(() => api.close());

type Competition = { readonly id: string };
const list = async ({ id }: Competition, query = '') =>
  (await get(api.url, `/api/competitions/${id}/registrations?${query}`, { token: organizer.token })).body;
const csv = async ({ id }: Competition, query = '') =>
  (await get(api.url, `/api/competitions/${id}/registrations?format=csv&${query}`, { token: organizer.token })).text
    .trim()
    .split('\r\n')
    .map((line) => line.slice(line.indexOf('"') + 1, -1).split('","'));
const namesIn = ({ items }: { items: Registrant[] }) => items.map(({ name }) => name);
const openDoor = (competition: Competition) => new Device(checkInClient(api.url), organizer, competition).open('North');

const ENTRY = { at: expect.stringMatching(/^\d{4}-.*Z$/), door: 'North' };

describe('CI-12: who has come in', () => {
  it('is in the list of people and in its export, once there is a door, and the list can be filtered by it', async () => {
    const competition = await aCompetition({ organizer });
    const [ada, ben] = [await aPerson({ name: 'Ada' }), await aPerson({ name: 'Ben' })];
    const [registrationId = ''] = await registerMany([ada, ben], competition);
    expect((await list(competition)).items[0]).not.toHaveProperty('checkIn');
    expect((await csv(competition))[0]).not.toContain('Door');

    const door = await openDoor(competition);
    door.scan({ registrationId, userId: ada.id });
    await door.sync();
    expect((await list(competition)).items).toMatchObject([
      { name: 'Ada', checkIn: ENTRY },
      { name: 'Ben', checkIn: null },
    ]);
    for (const sort of ['registered', '-name']) {
      expect(namesIn(await list(competition, `checkedIn=true&sort=${sort}`))).toEqual(['Ada']);
      expect(namesIn(await list(competition, `checkedIn=false&sort=${sort}`))).toEqual(['Ben']);
    }
    expect((await list(competition, 'checkedIn=false')).total).toBe(1);
    const [head, ...lines] = (await csv(competition)) as [string[], ...string[][]];
    const column = (name: string) => lines.map((line) => line[head.indexOf(name)]);
    expect(column('Door')).toEqual(['North', '']);
    expect(column('Checked in (UTC)')).toEqual([expect.stringMatching(/^\d{4}-/), '']);
    expect(await csv(competition, 'checkedIn=true')).toHaveLength(2);
  });

  it('is said of each member of a team, and a team is found by who has come and by who is missing', async () => {
    const competition = await aTeamCompetition({ organizer });
    const [ada, ben] = [await aPerson({ name: 'Ada' }), await aPerson({ name: 'Ben' })];
    const [cleo, dan] = [await aPerson({ name: 'Cleo' }), await aPerson({ name: 'Dan' })];
    const owls = await registerTeam(await aTeam(competition, [ada, ben], { name: 'Owls' }));
    await registerTeam(await aTeam(competition, [cleo], { name: 'Cats' }));
    const foxes = await registerTeam(await aTeam(competition, [dan], { name: 'Foxes' }));
    const door = await openDoor(competition);
    door.scan({ registrationId: owls, userId: ben.id });
    door.scan({ registrationId: foxes, userId: dan.id });
    await door.sync();
    const [team] = (await list(competition)).items;
    expect(team).toMatchObject({
      name: 'Owls',
      team: {
        members: [
          { name: 'Ada', checkIn: null },
          { name: 'Ben', checkIn: ENTRY },
        ],
      },
    });
    expect(namesIn(await list(competition, 'checkedIn=true'))).toEqual(['Owls', 'Foxes']);
    expect(namesIn(await list(competition, 'checkedIn=false'))).toEqual(['Owls', 'Cats']);

    const [head, ...teams] = (await csv(competition)) as [string[], ...string[][]];
    expect(teams.map((line) => line[head.indexOf('Members checked in')])).toEqual(['1', '0', '1']);
    const missing = await csv(competition, 'per=person&checkedIn=false');
    expect(missing.slice(1).map(([name]) => name)).toEqual(['Ada', 'Cleo']);
  });
});
