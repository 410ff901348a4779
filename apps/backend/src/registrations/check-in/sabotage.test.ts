import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { aCompetition, anOrganizer, people, registerMany } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { holdBefore, sabotage, untilWaiting } from '../../../test/support/sabotage.js';

let api: TestApi;
let second: TestApi;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await api.close();
});

const WITHOUT_LOCK = [/PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, ''] as const;

/** One person with a seat, and two doors. */
async function aRace() {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, startDate: new Date(Date.now() - 60_000) });
  const [person] = await people(1);
  const [registrationId = ''] = await registerMany([person!], competition);
  const [north, south] = await Promise.all([
    new Device(checkInClient(api.url), organizer, competition).open(),
    new Device(checkInClient(second.url), organizer, competition).open(),
  ]);
  for (const device of [north, south]) device.scan({ registrationId, userId: person!.id });
  return { competition, registrationId, organizer, north, south };
}

const entries = ({ id }: { id: string }) =>
  rows(`SELECT FROM check_ins WHERE competition_id = $1 AND result = 'WELCOME'`, [id]);

describe('sabotage', () => {
  it('without the lock of the registration, two doors at once count a person twice, unless the database refuses', async () => {
    await sabotage('check_in_v1', ...WITHOUT_LOCK);
    const { competition, north, south } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const responses = [north.sync(), south.sync()];
    await untilWaiting('advisory', 2);
    await release();
    const statuses = (await Promise.all(responses)).map(({ status }) => status).sort();
    await rows('DROP TRIGGER hold_change ON check_ins');
    expect(statuses).toEqual([200, 500]);
    expect(await entries(competition)).toHaveLength(1);
  });

  it('without lock and index, two doors at once count a person twice', async () => {
    await rows('DROP INDEX one_entry_per_ticket');
    await rows('DROP FUNCTION hold_change');
    const { competition, north, south } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const responses = [north.sync(), south.sync()];
    await untilWaiting('advisory', 2);
    await release();
    await Promise.all(responses);
    await rows('DROP TRIGGER hold_change ON check_ins');
    expect(await entries(competition)).toHaveLength(2);
  });

  it('without the lock of the registration, a person who comes in is released as a no-show', async () => {
    await sabotage('release_no_shows_v1', ...WITHOUT_LOCK);
    await rows('DROP FUNCTION hold_change');
    const { competition, registrationId, organizer, north } = await aRace();
    const release = await holdBefore('UPDATE', 'check_ins');
    const response = north.sync();
    await untilWaiting('advisory', 1);
    const ended = await rows('SELECT release_no_shows_v1($1, ARRAY[$2::uuid], $3)', [
      competition.id,
      registrationId,
      organizer.id,
    ]);
    await release();
    await response;
    expect(ended).toHaveLength(1);
    expect(await entries(competition)).toHaveLength(1);
  });
});
