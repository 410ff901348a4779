import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anOrganizer, type Person, people } from '../../../test/support/factories.js';
import { tally } from '../../../test/support/http-client.js';
import { registrationsOf, seatsOf } from '../../../test/support/queries.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

const SOON = { timeout: 5_000 };

/** The organizer uses the second server, participants the first. */
let api: TestApi;
let second: TestApi;
let organizer: Person;
let { register, join, leave } = participantClient('');
let { edit, changeCapacity, cancel } = organizerClient('');
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  ({ register, join, leave } = participantClient(api.url));
  ({ edit, changeCapacity, cancel } = organizerClient(second.url));
  organizer = await anOrganizer();
});
afterEach(async () => expect(await checkInvariants(api.pool)).toEqual([]));
afterAll(async () => {
  await second.close();
  await api.close();
});

describe('the capacity', () => {
  it('never drops below the number of seated people when it is lowered while people register', async () => {
    for (let n = 0; n < 5; n++) {
      const competition = await aCompetition({ organizer, capacity: 50, waitlist: false });
      const persons = await people(50);
      const lower = edit(organizer, competition, { capacity: 10 });
      const responses = await Promise.all(persons.map((person) => register(person, competition)));
      const lowered = await lower;
      const seated = tally(responses)['201'] ?? 0;
      if (lowered.status === 200) expect(seated).toBe(10);
      else expect(lowered.body.code).toBe('CAPACITY_BELOW_SEATED');
      expect(await registrationsOf(competition)).toHaveLength(seated);
    }
  });

  it('AD-20 raised twice while ten people leave: each free seat goes to exactly one of a hundred waitlisted people, in order', async () => {
    const competition = await aCompetition({ organizer, capacity: 20 });
    const seated = await people(20);
    await Promise.all(seated.map((person) => register(person, competition)));
    const waiting = await people(100);
    for (const person of waiting) await join(person, competition);

    const [, , ...left] = await Promise.all([
      changeCapacity(organizer, competition, 5),
      changeCapacity(organizer, competition, 7),
      ...seated.slice(0, 10).map((person) => leave(person, competition)),
    ]);
    expect(tally(left)).toEqual({ 200: 10 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 78 });
    const promoted = waiting.slice(0, 22).map(({ id }) => id);
    const joined = (await registrationsOf(competition)).slice(20);
    expect(joined.filter(({ status }) => status === 'PENDING').map(({ userId }) => userId)).toEqual(promoted);
    // The audit log has each promotion once, in order.
    const { rows } = await api.pool.query<{ id: string }>(
      `SELECT details->>'userId' AS id FROM audit_entries
       WHERE subject_id = $1 AND action = 'registration.promoted' ORDER BY audit_entries.id`,
      [competition.id],
    );
    expect(rows.map(({ id }) => id)).toEqual(promoted);
  });
});

describe('an edit', () => {
  it('is sent to subscribers at once, also on another server', async () => {
    const competition = await aCompetition({ organizer, capacity: 5 });
    const subscribers = [await subscribe(api.url, competition), await subscribe(second.url, competition)];
    await edit(organizer, competition, { capacity: 8 });
    for (const { events } of subscribers)
      await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ seatsLeft: 8, status: 'open' }), SOON);
    await cancel(organizer, competition);
    for (const { events } of subscribers) await vi.waitFor(() => expect(events.at(-1)?.status).toBe('cancelled'), SOON);
    for (const subscriber of subscribers) subscriber.close();
  });

  it('accepts instants with any offset', async () => {
    const competition = await aCompetition({ organizer, startDate: null });
    const { body } = await edit(organizer, competition, { regDeadline: '2099-05-01T12:00:00.123456+02:00' });
    expect(body.regDeadline).toBe('2099-05-01T10:00:00.123Z');
  });

  it('with an impossible date gets 400', async () => {
    const competition = await aCompetition({ organizer });
    for (const regDeadline of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '2099-02-30T00:00:00Z'])
      expect((await edit(organizer, competition, { regDeadline, regOpensAt: null })).status, regDeadline).toBe(400);
  });
});

describe('a locked row', () => {
  it('AD-17 gives the organizer a 503 within 3 s, and a later edit succeeds', async () => {
    const competition = await aCompetition({ organizer });
    const holder = new Client({ connectionString: api.env.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [competition.id]);
    const startedAt = performance.now();
    const responses = await Promise.all([
      edit(organizer, competition, { capacity: 11 }),
      cancel(organizer, competition),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(3_200);
    expect(tally(responses)).toEqual({ BUSY: 2 });
    expect(responses.every(({ status, headers }) => status === 503 && headers.has('retry-after'))).toBe(true);
    await holder.end();
    expect((await edit(organizer, competition, { capacity: 11 })).status).toBe(200);
  });
});
