import { RegistrationEvent } from '@mini-compete/shared/seats';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, type Person, people, registerMany } from '../../../test/support/factories.js';
import { endHoldsIn } from '../../../test/support/holds.js';
import { del } from '../../../test/support/http-client.js';
import { type SeatSubscriber, subscribe } from '../../../test/support/seat-subscriber.js';
import { LiveSeats } from './live-seats.service.js';

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

const subscribers: SeatSubscriber[] = [];
afterEach(() => {
  for (const subscriber of subscribers.splice(0)) subscriber.close();
});

const soon = (assertion: () => unknown) => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });

async function watch(url: string, competition: { id: string }, person: Person | null): Promise<SeatSubscriber> {
  const headers: Record<string, string> = person === null ? {} : { authorization: `Bearer ${person.token}` };
  const subscriber = await subscribe(url, competition, { headers });
  subscribers.push(subscriber);
  return subscriber;
}
const positions = ({ registrations }: SeatSubscriber) => registrations.map(({ position }) => position);
const last = ({ registrations }: SeatSubscriber) => registrations.at(-1);

/** A full competition with one seat, and a waitlist. */
async function aWaitlist(length: number) {
  const organizer = await anOrganizer();
  const competition = await aCompetition({ organizer, capacity: 1 });
  const [seated, ...waitlisted] = (await people(length + 1)) as [Person, ...Person[]];
  const [, ...registrationIds] = await registerMany([seated, ...waitlisted], competition, { join: true });
  return { organizer, competition, seated, waitlisted, registrationIds };
}

describe('R8: the event stream of a person on the waitlist', () => {
  it('begins with the position, then has every new one, on this server and on another, and ends with the seat', async () => {
    const { competition, seated, waitlisted } = await aWaitlist(4);
    const [first, second_, third] = waitlisted as [Person, Person, Person];
    const { leave } = participantClient(api.url);
    const watching = [await watch(api.url, competition, third), await watch(second.url, competition, third)];
    for (const each of watching) await soon(() => expect(positions(each)).toEqual([3]));
    expect(RegistrationEvent.parse(watching[0]!.registrations[0])).toMatchObject({ status: 'WAITLISTED' });

    await leave(second_, competition);
    for (const each of watching) await soon(() => expect(positions(each)).toEqual([3, 2]));
    await leave(seated, competition);
    for (const each of watching) await soon(() => expect(positions(each)).toEqual([3, 2, 1]));
    await leave(first, competition);
    for (const each of watching) await soon(() => expect(last(each)).toMatchObject({ position: null }));
    for (const each of watching) expect(last(each)?.status).toMatch(/PENDING|CONFIRMED/);
  });

  it('ends with CANCELLED when the organizer removes the person', async () => {
    const { organizer, competition, waitlisted, registrationIds } = await aWaitlist(2);
    const removed = await watch(api.url, competition, waitlisted[0]!);
    const behind = await watch(api.url, competition, waitlisted[1]!);
    await soon(() => expect([positions(removed), positions(behind)]).toEqual([[1], [2]]));
    const path = `/api/competitions/${competition.id}/registrations/${registrationIds[0]}`;
    expect((await del(second.url, path, { token: organizer.token, body: { reason: 'Moved' } })).status).toBe(200);
    await soon(() => expect(last(removed)).toMatchObject({ status: 'CANCELLED', position: null }));
    await soon(() => expect(positions(behind)).toEqual([2, 1]));
  });

  it('has the hold, with its end, and then the seat, or that it has expired', async () => {
    const competition = await aCompetition({ capacity: 2, confirmWithinSeconds: 3600 });
    const seated = await people(2);
    const [first, second_] = (await people(2)) as [Person, Person];
    await registerMany(seated, competition);
    await registerMany([first, second_], competition, { join: true });
    const watching = [await watch(api.url, competition, first), await watch(second.url, competition, second_)] as const;
    await soon(() => expect(watching.map((each) => last(each)?.position)).toEqual([1, 2]));
    const { leave, confirm } = participantClient(api.url);
    for (const person of seated) await leave(person, competition);
    for (const each of watching)
      await soon(() =>
        expect(last(each)).toMatchObject({ status: 'HELD', position: null, heldUntil: expect.any(String) }),
      );
    await confirm(first, competition);
    await soon(() => expect(last(watching[0])).toMatchObject({ status: 'PENDING', heldUntil: null }));
    await endHoldsIn(competition, '-4 seconds');
    await participantClient(api.url).register((await people(1))[0] as Person, competition);
    await soon(() => expect(last(watching[1])).toMatchObject({ status: 'CANCELLED', heldUntil: null }));
  });

  it('of an application has the decision', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer, admissionMode: 'APPROVAL', capacity: 1 });
    const persons = (await people(2)) as [Person, Person];
    const ids = await registerMany(persons, competition);
    const watching = await Promise.all(persons.map((person) => watch(second.url, competition, person)));
    for (const each of watching) await soon(() => expect(last(each)).toMatchObject({ status: 'APPLIED' }));
    await api.pool.query(
      `SELECT decide_v1(id, $2, '{ACCEPT,ACCEPT}', '{NULL,NULL}', $3)
       FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c`,
      [competition.id, ids, organizer.id],
    );
    api.app.get(LiveSeats).changed(competition.id);
    await soon(() => expect(last(watching[0]!)).toMatchObject({ status: 'PENDING', position: null }));
    await soon(() => expect(last(watching[1]!)).toMatchObject({ status: 'WAITLISTED', position: 1 }));
  });

  it('tells nobody else: not visitors, people with a seat, or people without a registration', async () => {
    const { competition, seated, waitlisted } = await aWaitlist(2);
    const [other] = await people(1);
    const others = await Promise.all([null, seated, other!].map((person) => watch(api.url, competition, person)));
    const waiting = await watch(api.url, competition, waitlisted[1]!);
    await soon(() => expect(positions(waiting)).toEqual([2]));
    await participantClient(api.url).leave(waitlisted[0]!, competition);
    await soon(() => expect(positions(waiting)).toEqual([2, 1]));
    for (const each of others) {
      await soon(() => expect(each.events.at(-1)?.waiting).toBe(1));
      expect(each.registrations).toEqual([]);
    }
  });

  it('has the position of a person who joins and connects again', async () => {
    const { competition } = await aWaitlist(1);
    const [person] = (await people(1)) as [Person];
    const before = await watch(api.url, competition, person);
    await soon(() => expect(before.events).toHaveLength(1));
    expect((await participantClient(second.url).join(person, competition)).body.position).toBe(2);
    const after = await watch(api.url, competition, person);
    await soon(() => expect(positions(after)).toEqual([2]));
  });

  it('has new positions while people leave all the time, not only when they stop', async () => {
    const { competition, waitlisted } = await aWaitlist(2_000);
    const viewer = await watch(api.url, competition, waitlisted.at(-1)!);
    await soon(() => expect(positions(viewer)).toEqual([2_000]));
    const { leave } = participantClient(second.url);
    let left = 0;
    // One after the other: there is never a pause between two changes.
    while (viewer.registrations.length < 4 && left < 1_900) await leave(waitlisted[left++]!, competition);
    expect(left).toBeLessThan(1_900);
    await soon(() => expect(last(viewer)?.position).toBe(2_000 - left));
  });

  it('continues after a failed read', async () => {
    const { competition, waitlisted } = await aWaitlist(3);
    const viewer = await watch(api.url, competition, waitlisted[2]!);
    await soon(() => expect(positions(viewer)).toEqual([3]));
    const query = api.pool.query.bind(api.pool) as (...args: unknown[]) => Promise<unknown>;
    let failures = 0;
    const spy = vi.spyOn(api.pool, 'query').mockImplementation(((...args: unknown[]) => {
      if ((args[0] as { name?: string }).name !== 'waitlist_admissions') return query(...args);
      failures++;
      return Promise.reject(new Error('timeout exceeded when trying to connect'));
    }) as never);
    await participantClient(second.url).leave(waitlisted[0]!, competition);
    await soon(() => expect(failures).toBe(1));
    spy.mockRestore();
    await soon(() => expect(positions(viewer)).toEqual([3, 2]));
  });
});

describe('R8: five hundred people who watch a waitlist of two thousand', () => {
  it('share one read of the waitlist per change', async () => {
    const { competition, waitlisted } = await aWaitlist(2_000);
    const viewers = waitlisted.slice(-500);
    const watching = await Promise.all(viewers.map((person) => watch(api.url, competition, person)));
    await soon(() => expect(watching.map((each) => last(each)?.position)).toEqual(viewers.map((_, n) => 1_501 + n)));

    const statements = recordQueries(api.pool);
    const LEAVES = 20;
    for (const person of waitlisted.slice(0, LEAVES)) await participantClient(second.url).leave(person, competition);
    await soon(() => expect(watching.map((each) => last(each)?.position)).toEqual(viewers.map((_, n) => 1_481 + n)));
    const reads = statements().filter((text) => text.includes('FROM registrations'));
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.length).toBeLessThanOrEqual(LEAVES);
  });
});

/** The texts of the queries through this pool from now on. */
function recordQueries(pool: pg.Pool): () => string[] {
  const query = vi.spyOn(pool, 'query');
  return () => query.mock.calls.map(([first]) => String((first as { text?: string }).text));
}
