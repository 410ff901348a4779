import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { checkInClient, Device } from '../../../test/support/doors.js';
import { aCompetition, anOrganizer, people, registerMany } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { holdBefore, sabotage, untilWaiting } from '../../../test/support/sabotage.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
  // The order in which an UPDATE finds its rows is the planner's choice. This one is that of the table.
  await rows('ALTER FUNCTION end_registrations_v1 SET enable_indexscan = off');
  await rows('ALTER FUNCTION end_registrations_v1 SET enable_bitmapscan = off');
});
afterAll(() => api.close());

/** Two people, of whom the one with the later id is found first, are removed while a door sends scans of both. */
async function removeWhileScanning() {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer });
  const persons = await people(2);
  const ids = await registerMany(persons, competition);
  const [first] = ids.toSorted() as [string, string];
  await rows('UPDATE registrations SET registered_at = registered_at WHERE id = $1', [first]);
  const device = await new Device(checkInClient(api.url), organizer, competition).open();
  for (const [n, { id: userId }] of persons.entries()) device.scan({ registrationId: ids[n] ?? '', userId });

  const release = await holdBefore('UPDATE', 'registrations');
  const removed = Promise.allSettled([
    rows(
      `WITH locked AS MATERIALIZED (SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE)
       SELECT end_registrations_v1($2, 'REMOVED', 'Moved', $3) FROM (SELECT count(*) FROM locked) held`,
      [competition.id, ids, organizer.id],
    ),
  ]);
  await untilWaiting('advisory');
  const scanned = device.sync();
  await untilWaiting('transactionid');
  await release();
  const [[removal], { status }] = await Promise.all([removed, scanned]);
  await rows('DROP TRIGGER hold_change ON registrations');
  await rows('DROP FUNCTION hold_change');
  return { removal: removal.status, status };
}

describe('CI-11: removing people while a door sends their scans', () => {
  it('locks them in the same order as the door, so that one waits for the other', async () => {
    expect(await removeWhileScanning()).toEqual({ removal: 'fulfilled', status: 200 });
  });

  it('sabotage: without that order, they wait for each other until the database ends one of them', async () => {
    await sabotage('end_registrations_v1', /PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, '');
    expect(await removeWhileScanning()).not.toEqual({ removal: 'fulfilled', status: 200 });
  });
});
