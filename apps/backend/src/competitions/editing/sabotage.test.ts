import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, type Person, people } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { seatsOf } from '../../../test/support/queries.js';
import { holdBefore, sabotage, untilWaiting, withoutRowLock } from '../../../test/support/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Removes each protection of organizers' changes once, and expects the damage that it prevents. */
let api: TestApi;
let organizer: Person;
beforeEach(async () => {
  api = await startApi();
  organizer = await anOrganizer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await api.close();
});

describe('the row lock', () => {
  const twoEdits = async () => {
    const competition = await aCompetition({ organizer });
    const release = await holdBefore('UPDATE', 'competitions');
    const { edit } = organizerClient(api.url);
    const edits = ['First', 'Second'].map((title) => edit(organizer, competition, { title }, 1));
    await untilWaiting('advisory');
    await untilWaiting('transactionid');
    await release();
    return tally(await Promise.all(edits));
  };

  it('lets one of two concurrent edits of a version succeed', async () => {
    expect(await twoEdits()).toEqual({ 200: 1, VERSION_STALE: 1 });
  });

  it('sabotage: without it, both succeed and one is lost', async () => {
    withoutRowLock();
    expect(await twoEdits()).toEqual({ 200: 2 });
  });

  /** One person is seated and another is being seated while the capacity drops from two to one. */
  const lowerMeanwhile = async () => {
    const competition = await aCompetition({ organizer, capacity: 2, waitlist: false });
    const { register } = participantClient(api.url);
    const [first, second] = await people(2);
    await register(first!, competition);
    const release = await holdBefore('UPDATE', 'competitions');
    const registered = register(second!, competition);
    await untilWaiting('advisory');
    const lowering = organizerClient(api.url).edit(organizer, competition, { capacity: 1 }, 1);
    await untilWaiting('transactionid');
    await release();
    expect((await registered).status).toBe(201);
    const lowered = await lowering;
    return { status: lowered.status, violations: (await checkInvariants(api.pool)).map(({ id }) => id) };
  };

  it('keeps the capacity at or above the number of seated people', async () => {
    expect(await lowerMeanwhile()).toEqual({ status: 409, violations: [] });
  });

  it('sabotage: without it, the check constraint still refuses the lower capacity', async () => {
    withoutRowLock();
    expect(await lowerMeanwhile()).toEqual({ status: 500, violations: [] });
  });

  it('sabotage: without it and the check constraint, there are more seated people than seats', async () => {
    withoutRowLock();
    await api.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
    expect(await lowerMeanwhile()).toEqual({ status: 200, violations: ['I2', 'I3'] });
  });
});

describe('promotion', () => {
  const raiseCapacity = async () => {
    const competition = await aCompetition({ organizer, capacity: 1 });
    for (const person of await people(3)) await participantClient(api.url).join(person, competition);
    await organizerClient(api.url).edit(organizer, competition, { capacity: 2 }, 1);
    return { seats: await seatsOf(competition), violations: (await checkInvariants(api.pool)).map(({ id }) => id) };
  };

  it('fills the seats of a raised capacity from the waitlist', async () => {
    expect(await raiseCapacity()).toEqual({ seats: { seatsLeft: 0, waiting: 1 }, violations: [] });
  });

  it('sabotage: without it, a seat stays free while people are waitlisted', async () => {
    await sabotage('promote_v1', 'v_ids IS NOT NULL', 'false');
    expect(await raiseCapacity()).toEqual({ seats: { seatsLeft: 1, waiting: 2 }, violations: ['I14'] });
  });
});
