import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, aPerson, people } from '../../../test/support/factories.js';
import { type ApiResponse, tally } from '../../../test/support/http-client.js';
import { registrationsOf, seatsOf } from '../../../test/support/queries.js';
import { answersIn, aQuestion, askQuestions } from '../../../test/support/questions.js';
import { addBarrierBefore, sabotage } from '../../../test/support/sabotage.js';

/** Removes each protection of registering once, and expects the damage that it prevents. */
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

/** Concurrently, half of the requests on each of two servers. */
async function registerAll(n: number, competition: { id: string }): Promise<ApiResponse[]> {
  const servers = [participantClient(api.url), participantClient(second.url)] as const;
  const persons = await people(n);
  return Promise.all(persons.map((person, i) => servers[i % 2 === 0 ? 0 : 1].register(person, competition)));
}

const dropCheck = () => api.pool.query('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
const dropLock = () => sabotage('register_v2', /FOR NO KEY UPDATE( SKIP LOCKED)?/, '');
async function dropSeatCount() {
  await sabotage('register_v2', 'place <= free', 'true');
  await sabotage('register_v2', 'c.seats_left > c.waiting + c.waiting_extra_seats OR', 'true OR');
}

describe('the last seat', () => {
  it('goes to one person with all protections in place', async () => {
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await registerAll(200, competition))).toEqual({ 201: 1, COMPETITION_FULL: 199 });
  });

  it('AD-18 is sold many times without the seat count and the check constraint', async () => {
    await dropSeatCount();
    await dropCheck();
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await registerAll(50, competition))['201']).toBeGreaterThan(1);
  });

  it('is never sold twice with the check constraint, even without the seat count', async () => {
    await dropSeatCount();
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await registerAll(50, competition))['201'] ?? 0).toBeLessThanOrEqual(1);
    expect((await registrationsOf(competition)).length).toBeLessThanOrEqual(1);
  });

  it('is sold twice between two servers without the row lock and the check constraint', async () => {
    await dropLock();
    await dropCheck();
    await sabotage('register_v2', /c\.id = ANY \(v_held\) IS TRUE AND [\s\S]*? AS held,/, 'true AS held,');
    await addBarrierBefore('registrations', 2);
    const competition = await aCompetition({ capacity: 1 });
    expect(tally(await registerAll(100, competition))['201']).toBeGreaterThan(1);
  });
});

describe('a person', () => {
  const dropLookup = () => sabotage('register_v2', "WHEN r.id IS NOT NULL THEN 'ALREADY_REGISTERED'", '');

  it('is registered once by the unique index alone, without the lookup', async () => {
    await dropLookup();
    const competition = await aCompetition();
    const person = await aPerson();
    await Promise.all([
      participantClient(api.url).register(person, competition),
      participantClient(second.url).register(person, competition),
    ]);
    expect(await registrationsOf(competition)).toHaveLength(1);
  });

  it('is registered twice without the lookup and the unique index', async () => {
    await dropLookup();
    await api.pool.query('DROP INDEX one_active_registration');
    const competition = await aCompetition();
    const person = await aPerson();
    await participantClient(api.url).register(person, competition);
    await participantClient(second.url).register(person, competition);
    expect(await registrationsOf(competition)).toHaveLength(2);
  });
});

describe('an idempotency key', () => {
  it('replays nothing without the lookup of its record', async () => {
    await sabotage('register_v2', /k\.expires_at > v_now/, 'false');
    const competition = await aCompetition();
    const person = await aPerson();
    await participantClient(api.url).register(person, competition, { key: 'k' });
    expect((await participantClient(api.url).register(person, competition, { key: 'k' })).body.code).toBe(
      'ALREADY_REGISTERED',
    );
  });

  async function oneKeyOnTwoCompetitions(): Promise<ApiResponse[]> {
    const [a, b] = [await aCompetition({ capacity: 500 }), await aCompetition({ capacity: 500 })];
    const persons = await people(60);
    return Promise.all(
      persons.flatMap((person) => [
        participantClient(api.url).register(person, a, { key: 'one' }),
        participantClient(second.url).register(person, b, { key: 'one' }),
      ]),
    );
  }

  it('AD-21 registers for one of two competitions, on two servers at once', async () => {
    expect(tally(await oneKeyOnTwoCompetitions())).toEqual({ 201: 60, IDEMPOTENCY_KEY_REUSED: 60 });
  });

  it('AD-21 registers for both when a batch is not rolled back for a taken key', async () => {
    await sabotage('undo_for_taken_key', /RAISE EXCEPTION[^;]+;/, 'RETURN NULL;');
    await addBarrierBefore('idempotency_records', 2);
    expect(tally(await oneKeyOnTwoCompetitions())['201']).toBeGreaterThan(60);
  });
});

describe('answers', () => {
  const SIZE = aQuestion('size', { kind: 'CHOICE', options: ['S', 'M'], required: true });
  const SIZE_2 = { ...SIZE, id: 'size-2' };
  const OUTDATED = { answers: { size: 'S' }, questionsVersion: 1 };
  const EMPTY = {};

  async function registerAfterAnEdit(body: object) {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer });
    await askQuestions(competition, [SIZE]);
    const person = await aPerson();
    await organizerClient(api.url).edit(organizer, competition, {
      questions: [{ ...SIZE, options: ['M', 'L'] }, SIZE_2],
    });
    return participantClient(second.url).register(person, competition, { body });
  }

  it('to questions that have changed are refused', async () => {
    for (const body of [OUTDATED, EMPTY]) expect((await registerAfterAnEdit(body)).body.code).toBe('QUESTIONS_CHANGED');
  });

  it('QU-01 to questions that have changed are taken without the comparison of versions', async () => {
    await sabotage('register_v2', /WHEN coalesce\(e\.questions_version[^']+'QUESTIONS_CHANGED'/, '');
    for (const body of [OUTDATED, EMPTY]) expect((await registerAfterAnEdit(body)).status).toBe(201);
  });

  it('that are not valid are stored as nothing without the check in the statement', async () => {
    await sabotage(
      'register_v2',
      /WHEN e\.questions_version IS NOT NULL AND e\.answers IS NULL THEN 'ANSWERS_INVALID'/,
      '',
    );
    const competition = await aCompetition();
    await askQuestions(competition, [SIZE]);
    const body = { answers: { size: 'XXL' }, questionsVersion: 1 };
    const { status } = await participantClient(api.url).register(await aPerson(), competition, { body });
    expect([status, await answersIn(competition)]).not.toEqual([400, []]);
  });
});

describe('the waitlist', () => {
  it('keeps people although a seat is free when leaving promotes nobody', async () => {
    await sabotage('end_registrations_v1', /PERFORM promote_v1[^;]+;/, '');
    const competition = await aCompetition({ capacity: 1 });
    const [seated, waiting] = await people(2);
    const { register, join, leave } = participantClient(api.url);
    await register(seated!, competition);
    await join(waiting!, competition);
    await leave(seated!, competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 1 });
  });
});
