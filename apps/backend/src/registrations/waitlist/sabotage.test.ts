import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { seatsOf } from '../../../test/support/queries.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Removes each protection of long waitlists once, and expects the damage that it prevents. */
let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

/** After the capacity was raised for all 600 people on the waitlist: 500 are promoted, and 100 wait for the next step. */
async function unfinished() {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, capacity: 1 });
  await registerMany(await people(1), competition);
  await registerMany(await people(600), competition, { join: true });
  const { status } = await organizerClient(api.url).edit(organizer, competition, { capacity: 601 });
  expect(status).toBe(200);
  return competition;
}

const step = ({ id }: { id: string }) => api.pool.query('SELECT promote_v1($1)', [id]);
const broken = async () => (await checkInvariants(api.pool)).map(({ id }) => id);

describe('R7 an unfinished promotion', () => {
  it('sabotage: without the size of a step, one transaction promotes all', async () => {
    await sabotage('promote_v1', 'integer := 500', 'integer := 1000000');
    expect(await seatsOf(await unfinished())).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('keeps its seats from newcomers', async () => {
    const competition = await unfinished();
    const { body } = await participantClient(api.url).register(await aPerson(), competition);
    expect([body.code, await broken()]).toEqual(['COMPETITION_FULL', []]);
  });

  it('sabotage: without the seats of the waitlist set aside, a newcomer overtakes', async () => {
    await sabotage('register_v2', 'place <= free', 'place <= seats_left');
    await sabotage('register_v2', 'c.seats_left > c.waiting', 'c.seats_left > 0');
    const competition = await unfinished();
    await sabotage('register_v2', /PERFORM settle_v1[^;]+;/, '');
    const last = await participantClient(api.url).register(await aPerson(), competition);
    expect(last.status).toBe(201);
    for (let n = 0; n < 2; n++) await step(competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
    expect(await broken()).toEqual(['I14']);
  });

  it('sabotage: without what is due, a deadline in the middle keeps people on the waitlist', async () => {
    await sabotage('promote_v1', ' OR v_due IS NOT NULL', '');
    const competition = await unfinished();
    await api.pool.query(`UPDATE competitions SET reg_deadline = now() - interval '1 s'`);
    await step(competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 100, waiting: 100 });
  });

  it('sabotage: without what is due, nobody finds it, and I14 is broken', async () => {
    await sabotage('promote_v1', 'CASE WHEN v_is_due THEN v_now END', 'NULL');
    await unfinished();
    expect(await broken()).toEqual(['I14']);
  });
});
