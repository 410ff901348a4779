import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { tally } from '../../../test/client.js';
import { aCompetition, anOrganizer, type Person, people } from '../../../test/factories.js';
import { organizerOf } from '../../../test/organizing.js';
import { clientOf, seatsOf } from '../../../test/registering.js';
import { sabotage } from '../../../test/sabotage.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Each protection of an organizer's acts is taken away once: what it protects from has to happen then. */
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

/** Takes the lock out of the statement, on its way to the database. */
function withoutRowLock(): void {
  const { query } = pg.Client.prototype;
  const strip = (text: unknown) => (typeof text === 'string' ? text.replace('FOR NO KEY UPDATE', '') : text);
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, asked: unknown, ...rest) {
    const stripped =
      typeof asked === 'object' && asked !== null && 'text' in asked && !('submit' in asked)
        ? { ...asked, text: strip(asked.text) }
        : strip(asked);
    return Reflect.apply(query, this, [stripped, ...rest]);
  });
}

/** Holds whoever changes the competition between the look and the commit, so that others meet there. */
const dawdle = () =>
  api.pool.query(`
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$;
    CREATE TRIGGER dawdle BEFORE UPDATE ON competitions FOR EACH ROW EXECUTE FUNCTION dawdle();`);

describe('the lock of the row', () => {
  const twoEdits = async () => {
    await dawdle();
    const { edit } = organizerOf(api.url);
    const competition = await aCompetition({ organizer });
    const edits = ['First', 'Second'].map((title) => edit(organizer, competition, { title }, 1));
    return tally(await Promise.all(edits));
  };

  it('lets one of two edits of one version through', async () => {
    expect(await twoEdits()).toEqual({ 200: 1, VERSION_STALE: 1 });
  });

  it('missing, both get through and one is lost', async () => {
    withoutRowLock();
    expect(await twoEdits()).toEqual({ 200: 2 });
  });

  /** One is in and another about to be, when two seats become one. */
  const loweredMeanwhile = async () => {
    const competition = await aCompetition({ organizer, capacity: 2, waitlist: false });
    const { register } = clientOf(api.url);
    const [first, second] = await people(2);
    await register(first!, competition);
    await dawdle();
    const registered = register(second!, competition);
    await vi.waitFor(async () => {
      const dawdling = `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
      expect((await api.pool.query(dawdling)).rowCount).toBe(1);
    });
    const lowered = await organizerOf(api.url).edit(organizer, competition, { capacity: 1 }, 1);
    expect((await registered).status).toBe(201);
    return { status: lowered.status, violations: (await checkInvariants(api.pool)).map(({ id }) => id) };
  };

  it('keeps the capacity at or above the seated', async () => {
    expect(await loweredMeanwhile()).toEqual({ status: 409, violations: [] });
  });

  it('missing, the check on the column still refuses what would unseat somebody', async () => {
    withoutRowLock();
    expect(await loweredMeanwhile()).toEqual({ status: 500, violations: [] });
  });

  it('missing, and the check too, somebody is in without a seat', async () => {
    withoutRowLock();
    await api.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
    expect(await loweredMeanwhile()).toEqual({ status: 200, violations: ['I2', 'I3'] });
  });
});

describe('promotion', () => {
  const raised = async () => {
    const competition = await aCompetition({ organizer, capacity: 1 });
    for (const person of await people(3)) await clientOf(api.url).join(person, competition);
    await organizerOf(api.url).edit(organizer, competition, { capacity: 2 }, 1);
    return { seats: await seatsOf(competition), violations: (await checkInvariants(api.pool)).map(({ id }) => id) };
  };

  it('fills the seats of a raised capacity', async () => {
    expect(await raised()).toEqual({ seats: { seatsLeft: 0, waiting: 1 }, violations: [] });
  });

  it('missing, a seat is free while people wait', async () => {
    await sabotage('promote_v1', 'coalesce(v_free, 0) <= 0', 'true');
    expect(await raised()).toEqual({ seats: { seatsLeft: 1, waiting: 2 }, violations: ['I14'] });
  });
});
