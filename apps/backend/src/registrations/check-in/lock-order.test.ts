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
  for (const name of ['end_registrations_v1', 'seat_from_waitlist_v1'])
    for (const setting of ['enable_indexscan', 'enable_bitmapscan'])
      await rows(`ALTER FUNCTION ${name} SET ${setting} = off`);
});
afterAll(() => api.close());

interface Change {
  /** Of the competition `$1` and its registrations `$2`, once the competition is locked. */
  readonly sql: string;
  readonly status: 'PENDING' | 'WAITLISTED' | 'APPLIED';
}

/** Two people, of whom the one with the later id is found first, are concerned while a door sends scans of both. */
async function changeWhileScanning({ sql, status: before }: Change) {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, capacity: 2 });
  if (before === 'APPLIED')
    await rows(`UPDATE competitions SET admission_mode = 'APPROVAL' WHERE id = $1`, [competition.id]);
  if (before === 'WAITLISTED') await registerMany(await people(2), competition);
  const persons = await people(2);
  const ids = await registerMany(persons, competition, { join: true });
  if (before === 'WAITLISTED')
    await rows('UPDATE competitions SET capacity = 4, seats_left = seats_left + 2 WHERE id = $1', [competition.id]);
  const [first] = ids.toSorted() as [string, string];
  await rows('UPDATE registrations SET registered_at = registered_at WHERE id = $1', [first]);
  const device = await new Device(checkInClient(api.url), organizer, competition).open();
  for (const [n, { id: userId }] of persons.entries()) device.scan({ registrationId: ids[n] ?? '', userId });

  const release = await holdBefore('UPDATE', 'registrations');
  const changing = Promise.allSettled([
    rows(
      `WITH locked AS MATERIALIZED (SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE)
       SELECT ${sql}, $2::uuid[] FROM (SELECT count(*) FROM locked) held`,
      [competition.id, ids],
    ),
  ]);
  await untilWaiting('advisory');
  const scanned = device.sync();
  await untilWaiting('transactionid');
  await release();
  const [[changed], { status }] = await Promise.all([changing, scanned]);
  await rows('DROP TRIGGER hold_change ON registrations');
  await rows('DROP FUNCTION hold_change');
  return { change: changed.status, status };
}

describe.each<[string, string, Change]>([
  [
    'removing',
    'end_registrations_v1',
    { sql: `end_registrations_v1($2, 'REMOVED', 'Moved', NULL)`, status: 'PENDING' },
  ],
  ['promoting', 'seat_from_waitlist_v1', { sql: 'promote_v1($1)', status: 'WAITLISTED' }],
  [
    'accepting',
    'decide_v1',
    // Those who applied last are accepted first.
    {
      sql: `decide_v1($1, ARRAY(SELECT unnest($2::uuid[]) ORDER BY 1 DESC), ARRAY['ACCEPT', 'ACCEPT'], ARRAY[NULL, NULL], NULL)`,
      status: 'APPLIED',
    },
  ],
])('CI-11: %s people while a door sends their scans', (_doing, name, change) => {
  it('locks them in the same order as the door, so that one waits for the other', async () => {
    expect(await changeWhileScanning(change)).toEqual({ change: 'fulfilled', status: 200 });
  });

  it('sabotage: without that order, they wait for each other until the database ends one of them', async () => {
    await sabotage(name, /PERFORM FROM registrations[\s\S]*?FOR NO KEY UPDATE;/, '');
    expect(await changeWhileScanning(change)).not.toEqual({ change: 'fulfilled', status: 200 });
  });
});
