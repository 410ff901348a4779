import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { type Answer, tally } from '../../../test/client.js';
import { aCompetition, aPerson, people } from '../../../test/factories.js';
import { clientOf, registrationsOf, seatsOf } from '../../../test/registering.js';
import { meetBefore, sabotage } from '../../../test/sabotage.js';

/** Each protection of registering is taken away once: what it protects from has to happen then. */
let api: TestApi;
let second: TestApi;
beforeEach(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
});
afterEach(async () => {
  await second.close();
  await api.close();
});

/** Half of them on each of two servers, at once. */
async function rush(n: number, competition: { id: string }): Promise<Answer[]> {
  const servers = [clientOf(api.url), clientOf(second.url)] as const;
  const persons = await people(n);
  return Promise.all(persons.map((person, i) => servers[i % 2 === 0 ? 0 : 1].register(person, competition)));
}

const noCheck = () => api.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
const noLock = () => sabotage('register_v1', /FOR NO KEY UPDATE( SKIP LOCKED)?/, '');
async function noSeatCount() {
  await sabotage('register_v1', 'place <= seats_left - waiting', 'true');
  await sabotage('register_v1', '(c.seats_left > 0 OR c.waitlist AND true = ANY (p_joins))', 'true');
}

describe('the last seat', () => {
  it('goes to one person with everything in place', async () => {
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await rush(200, competition))).toEqual({ 201: 1, COMPETITION_FULL: 199 });
  });

  it('AD-18 is sold many times without the count and the check on the column', async () => {
    await noSeatCount();
    await noCheck();
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await rush(50, competition))['201']).toBeGreaterThan(1);
  });

  it('is never sold twice while the check on the column stands, even without the count', async () => {
    await noSeatCount();
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await rush(50, competition))['201'] ?? 0).toBeLessThanOrEqual(1);
    expect((await registrationsOf(competition)).length).toBeLessThanOrEqual(1);
  });

  it('is sold twice between two servers without the lock and the check', async () => {
    await noLock();
    await noCheck();
    await sabotage('register_v1', 'c.id = ANY (v_held) IS TRUE AS held', 'true AS held');
    await meetBefore('registrations', 2);
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await rush(100, competition))['201']).toBeGreaterThan(1);
  });
});

describe('one person', () => {
  const noLook = () => sabotage('register_v1', "WHEN r.id IS NOT NULL THEN 'ALREADY_REGISTERED'", '');

  it('is in once by the index alone, without the look', async () => {
    await noLook();
    const competition = await aCompetition();
    const person = await aPerson();
    await Promise.all([
      clientOf(api.url).register(person, competition),
      clientOf(second.url).register(person, competition),
    ]);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('is in twice without the look and the index', async () => {
    await noLook();
    await api.pool.query('DROP INDEX one_active_registration');
    const competition = await aCompetition();
    const person = await aPerson();
    await clientOf(api.url).register(person, competition);
    await clientOf(second.url).register(person, competition);
    expect(await registrationsOf(competition)).toHaveLength(2);
  });
});

describe('a key', () => {
  it('replays nothing without its record being looked at', async () => {
    await sabotage('register_v1', /k\.expires_at > v_now/, 'false');
    const competition = await aCompetition();
    const person = await aPerson();
    await clientOf(api.url).register(person, competition, { key: 'k' });
    expect((await clientOf(api.url).register(person, competition, { key: 'k' })).body.code).toBe('ALREADY_REGISTERED');
  });

  async function oneKeyOnTwoCompetitions(): Promise<Answer[]> {
    const [a, b] = [await aCompetition({ capacity: 500 }), await aCompetition({ capacity: 500 })];
    const persons = await people(60);
    return Promise.all(
      persons.flatMap((person) => [
        clientOf(api.url).register(person, a, { key: 'one' }),
        clientOf(second.url).register(person, b, { key: 'one' }),
      ]),
    );
  }

  it('AD-21 is good for one of two competitions, on two servers at once', async () => {
    expect(tally(await oneKeyOnTwoCompetitions())).toEqual({ 201: 60, IDEMPOTENCY_KEY_REUSED: 60 });
  });

  it('AD-21 is good for both when a batch is not undone for a taken key', async () => {
    await sabotage('undo_for_taken_key', /RAISE EXCEPTION[^;]+;/, 'RETURN NULL;');
    await meetBefore('idempotency_records', 2);
    expect(tally(await oneKeyOnTwoCompetitions())['201']).toBeGreaterThan(60);
  });
});

describe('the line', () => {
  it('stands beside a free seat when nobody is promoted by who leaves', async () => {
    await sabotage('end_registrations_v1', /PERFORM promote_v1[^;]+;/, '');
    const competition = await aCompetition({ capacity: 1 });
    const [seated, waiting] = await people(2);
    const { register, join, leave } = clientOf(api.url);
    await register(seated!, competition);
    await join(waiting!, competition);
    await leave(seated!, competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 1 });
  });
});
