import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import {
  aCompetitionByApplication,
  applicants,
  applicationsClient,
  tallyItems,
} from '../../../test/support/applications.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { anOrganizer, employ, type Person, people, registerMany } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { allJobsSettled } from '../../../test/support/jobs.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { startWorker } from '../../../test/support/worker.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

/** Deciding beside everything else that changes seats, on two API processes. */
let apis: TestApi[];
let owner: Person;
let clients: ReturnType<typeof applicationsClient>[];
beforeAll(async () => {
  const first = await startApi();
  apis = [first, await startApi({ databaseUrl: first.env.databaseUrl })];
  clients = apis.map(({ url }) => applicationsClient(url));
  owner = await anOrganizer();
});
afterEach(async () => {
  const broken = (await checkInvariants(apis[0]!.pool)).filter(({ id }) => ['I2', 'I3', 'I4', 'I14'].includes(id));
  expect(broken).toEqual([]);
});
afterAll(async () => {
  for (const api of apis.toReversed()) await api.close();
});

/** By kind, of what has happened after the application. */
const messagesAbout = async (ids: readonly string[]) => {
  const worker = await startWorker({ databaseUrl: apis[0]!.env.databaseUrl });
  await allJobsSettled();
  await worker.close();
  const kinds = await rows<{ kind: string; n: number }>(
    `SELECT kind, count(*)::int AS n FROM mailbox_messages WHERE about_id = ANY ($1) AND kind <> 'APPLIED'
     GROUP BY kind ORDER BY kind`,
    [ids],
  );
  return Object.fromEntries(kinds.map(({ kind, n }) => [kind, n]));
};

/** They wait for one lock, and on a slow machine more of them would reach the time limit of a request. */
const GROUP_SIZE = 4;

async function inGroups<Item, Result>(
  items: readonly Item[],
  run: (item: Item, n: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += GROUP_SIZE)
    results.push(...(await Promise.all(items.slice(from, from + GROUP_SIZE).map((item, n) => run(item, from + n)))));
  return results;
}

describe('AP-01 two managers accept overlapping twenties for ten seats', () => {
  it('seats 10, waitlists the others in one order, and sends one message each', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 10 });
    const [manager] = (await people(1)) as [Person];
    await employ(manager, competition, 'MANAGER');
    const { ids } = await applicants(30, competition);
    const responses = await Promise.all([
      clients[0]!.accept(owner, competition, ids.slice(0, 20)),
      clients[1]!.accept(manager, competition, ids.slice(10, 30).toReversed()),
    ]);
    expect(tallyItems(responses)).toEqual({ PENDING: 10, WAITLISTED: 20, ALREADY_DECIDED: 10 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 20 });
    const inOrder = await registrationsOf(competition);
    expect(inOrder.map(({ status }) => status)).toEqual([
      ...Array(10).fill('PENDING'),
      ...Array(20).fill('WAITLISTED'),
    ]);
    // Each request kept the order that it was given.
    const [lists] = [responses.map(({ body }) => body.items.filter(({ result }: { result?: string }) => result))];
    for (const items of lists!) {
      const own = items.map(({ id }: { id: string }) => id);
      expect(inOrder.map(({ id }) => id).filter((id) => own.includes(id))).toEqual(own);
    }
    expect(await messagesAbout(ids)).toEqual({ CONFIRMED: 10, WAITING: 20 });
  });
});

describe('AP-03 accepting and rejecting one person at once', () => {
  it('makes one decision, and answers the other that it was made', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 40 });
    const { ids } = await applicants(40, competition);
    const responses = await inGroups(ids, (id) =>
      Promise.all([clients[0]!.accept(owner, competition, [id]), clients[1]!.reject(owner, competition, [id])]),
    );
    const items = tallyItems(responses.flat());
    expect(items.ALREADY_DECIDED).toBe(40);
    expect((items.PENDING ?? 0) + (items.REJECTED ?? 0)).toBe(40);
    expect(await countRows('outbox', `payload->>'registrationId' = ANY ('{${ids.join()}}') AND job <> 'applied'`)).toBe(
      40,
    );
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 40 - (items.PENDING ?? 0), waiting: 0 });
  });
});

describe('AP-04 accepting people who leave', () => {
  it('refuses who has left, and sends nothing', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner });
    const { persons, ids } = await applicants(1, competition);
    await participantClient(apis[1]!.url).leave(persons[0]!, competition);
    expect(tallyItems([await clients[0]!.accept(owner, competition, ids)])).toEqual({ NOT_REGISTERED: 1 });
    expect(await messagesAbout(ids)).toEqual({ LEFT: 1 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 10, waiting: 0 });
  });

  it('decides each of two hundred who leave at that moment once', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 150 });
    const { persons, ids } = await applicants(200, competition);
    const { leave } = participantClient(apis[1]!.url);
    const [decided, left] = await Promise.all([
      Promise.all([
        clients[0]!.accept(owner, competition, ids.slice(0, 100)),
        clients[0]!.accept(owner, competition, ids.slice(100)),
      ]),
      Promise.all(persons.map((person) => leave(person, competition))),
    ]);
    expect(tally(left)).toEqual({ 200: 200 });
    const { PENDING = 0, WAITLISTED = 0, NOT_REGISTERED = 0 } = tallyItems(decided);
    expect(PENDING + WAITLISTED + NOT_REGISTERED).toBe(200);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 150, waiting: 0 });
  });
});

describe('AP-05 a server of the previous version ends applications while a new one decides', () => {
  it('creates no seat', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 20 });
    const { persons, ids } = await applicants(40, competition);
    // What its leaving sends: each on a connection of its own, one transaction each.
    const leaveAsBefore = ({ id, sessionId }: Person) =>
      apis[1]!.pool.query(
        `SELECT verdict FROM leave_v1(ARRAY[$1::uuid], ARRAY[$2::uuid], ARRAY[$3::uuid], ARRAY[NULL::text],
                                      ARRAY[NULL::bytea], ARRAY[NULL::uuid], true, 2900)`,
        [competition.id, id, sessionId],
      );
    const [decided] = await Promise.all([
      inGroups(ids, (id) => clients[0]!.accept(owner, competition, [id])),
      Promise.all(persons.filter((_, n) => n % 2 === 0).map(leaveAsBefore)),
    ]);
    const { PENDING = 0, WAITLISTED = 0, NOT_REGISTERED = 0 } = tallyItems(decided);
    expect(PENDING + WAITLISTED + NOT_REGISTERED).toBe(40);
    // Twenty people stayed, for twenty seats.
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    expect(await countRows('registrations', `competition_id = '${competition.id}' AND status = 'PENDING'`)).toBe(20);
  });
});

describe('AP-06 hundreds decide, apply, leave and add seats at once', () => {
  it('seats nobody twice, nobody past the waitlist, and not one more than there are seats', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 60 });
    const { persons, ids } = await applicants(240, competition);
    const seated = await clients[0]!.accept(owner, competition, ids.slice(0, 80));
    expect(tallyItems([seated])).toEqual({ PENDING: 60, WAITLISTED: 20 });
    const newcomers = await people(100);
    const { register } = participantClient(apis[1]!.url);
    const { leave } = participantClient(apis[0]!.url);
    const { changeCapacity } = organizerClient(apis[1]!.url);
    const chunks = Array.from({ length: 16 }, (_, n) => ids.slice(80 + n * 10, 90 + n * 10));
    const [decided, applied, left] = await Promise.all([
      inGroups(chunks, (chunk, n) => clients[n % 2]!.accept(owner, competition, chunk)),
      Promise.all(newcomers.map((person) => register(person, competition))),
      Promise.all(persons.slice(0, 30).map((person) => leave(person, competition))),
      Promise.all([5, 5, 5].map((more) => changeCapacity(owner, competition, more))),
    ]);
    expect(tally(left)).toEqual({ 200: 30 });
    expect(tally(applied)).toEqual({ 201: 100 });
    expect(Object.values(tallyItems(decided)).reduce((sum, n) => sum + n)).toBe(160);
    // 240 were accepted, 30 of them have left, and there are 75 seats.
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 210 - 75 });
    const decisions = (await registrationsOf(competition)).filter(
      ({ status }) => status === 'PENDING' || status === 'WAITLISTED',
    );
    expect(decisions.map(({ status }) => status).lastIndexOf('PENDING')).toBe(74);
  });

  it('takes an application while others are decided, and never the other way round', async () => {
    const competition = await aCompetitionByApplication({ organizer: owner, capacity: 5 });
    const persons = await people(50);
    const { register } = participantClient(apis[1]!.url);
    const accepted = await inGroups(persons, async (person, n) => {
      const { body } = await register(person, competition);
      return clients[n % 2]!.accept(owner, competition, [body.registrationId]);
    });
    expect(tallyItems(accepted)).toEqual({ PENDING: 5, WAITLISTED: 45 });
    expect((await registerMany(await people(1), competition)).length).toBe(1);
  });
});
