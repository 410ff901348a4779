import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  type CompetitionOptions,
  type CompetitionRow,
  inHours,
  type Person,
  people,
  registerMany,
  setVisibility,
} from '../../../test/support/factories.js';
import { endHoldsIn, endHoldUnderLock, holdSeats } from '../../../test/support/holds.js';
import { get, tally } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { untilWaiting } from '../../../test/support/sabotage.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

let api: TestApi;
let { register, join, confirm, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, confirm, leave } = participantClient(api.url));
});
afterEach(async () => {
  expect(await checkInvariants(api.pool)).toEqual([]);
  await rows('UPDATE competitions SET deleted_at = now() WHERE deleted_at IS NULL');
});
afterAll(() => api.close());

const withHolds = (options: CompetitionOptions = {}) =>
  aCompetition({ capacity: 1, confirmWithinSeconds: 3600, startDate: inHours(48), ...options });
async function held(endsIn: string, options: CompetitionOptions = {}) {
  const competition = await withHolds(options);
  const person = await aPerson();
  await holdSeats([person], competition, endsIn);
  return { competition, person };
}
const statusOf = async (person: Person, competition: CompetitionRow) =>
  (await registrationsOf(competition)).findLast(({ userId }) => userId === person.id)?.status;
const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('confirming', () => {
  it('turns the hold into a seat, and the response is the same again', async () => {
    const { competition, person } = await held('1 hour');
    const key = { headers: { 'idempotency-key': randomUUID() } };
    const [first, again] = [await confirm(person, competition, key), await confirm(person, competition, key)];
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ registrationId: expect.any(String), status: 'PENDING' });
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await confirm(person, competition)).body).toEqual(first.body);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    const jobs = await rows(`SELECT FROM outbox WHERE job = 'confirmation' AND payload->>'registrationId' = $1`, [
      first.body.registrationId,
    ]);
    expect(jobs).toHaveLength(1);
  });

  it('is refused without a hold, after its end, and where nobody registered', async () => {
    const { competition, person } = await held('-1 second');
    expect(code(await confirm(person, competition))).toEqual([409, 'HOLD_EXPIRED']);
    const open = await withHolds();
    const [waiting, stranger] = (await people(2)) as [Person, Person];
    await registerMany([await aPerson()], open);
    await join(waiting, open);
    expect(code(await confirm(waiting, open))).toEqual([409, 'NOTHING_TO_CONFIRM']);
    expect(code(await confirm(stranger, open))).toEqual([404, 'NOT_REGISTERED']);
    expect(code(await confirm(stranger, { id: randomUUID() }))).toEqual([404, 'COMPETITION_NOT_FOUND']);
    await setVisibility(open, 'DRAFT');
    expect(code(await confirm(stranger, open))).toEqual([404, 'COMPETITION_NOT_FOUND']);
    expect(code(await confirm(await anOrganizer(), open))).toEqual([403, 'FORBIDDEN']);
  });

  it('is refused when the competition has been canceled', async () => {
    const organizer = await anOrganizer();
    const { competition, person } = await held('1 hour', { organizer });
    await organizerClient(api.url).cancel(organizer, competition);
    expect(code(await confirm(person, competition))).toEqual([409, 'COMPETITION_CANCELLED']);
  });

  it('shows until when in the own registrations and on the page, and afterwards how it ended', async () => {
    const { competition, person } = await held('1 hour');
    const read = async () => (await get(api.url, `/api/competitions/${competition.id}`, { token: person.token })).body;
    const list = async () =>
      (await get(api.url, '/api/competitions/registrations/my', { token: person.token })).body.items[0];
    const { heldUntil } = (await read()).registration;
    expect(Date.parse(heldUntil)).toBeGreaterThan(Date.now());
    expect(await list()).toMatchObject({ status: 'HELD', heldUntil, decisionsBy: null });
    await endHoldsIn(competition, '-4 seconds');
    await register(await aPerson(), competition);
    expect(await read()).toMatchObject({
      registration: null,
      endedRegistration: { endReason: 'EXPIRED', heldUntil: expect.any(String), endedAt: expect.any(String) },
    });
    expect(await list()).toMatchObject({ status: 'CANCELLED', endReason: 'EXPIRED', heldUntil: null });
    const stranger = await aPerson();
    const { body } = await get(api.url, `/api/competitions/${competition.id}`, { token: stranger.token });
    expect(body.endedRegistration).toBeNull();
  });

  it('declining is leaving: the next person gets a hold', async () => {
    const { competition, person } = await held('1 hour');
    const next = await aPerson();
    await join(next, competition);
    expect((await leave(person, competition)).status).toBe(200);
    expect(await statusOf(next, competition)).toBe('HELD');
    expect(code(await confirm(person, competition))).toEqual([404, 'NOT_REGISTERED']);
  });

  it.each([
    ['1 ms before the end', 1, 'PENDING'],
    ['at the end', 0, 'HOLD_EXPIRED'],
    ['1 ms after the end', -1, 'HOLD_EXPIRED'],
  ])('HO-01: a request that arrived %s', async (_name, early, verdict) => {
    const { competition, person } = await held('-500 ms');
    const [row] = await rows(
      `SELECT confirm_v1(r.competition_id, r.user_id,
                         extract(epoch FROM statement_timestamp() - r.held_until)::float8 * 1000 + $2) AS verdict
       FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c
       JOIN registrations r ON r.competition_id = c.id AND r.user_id = $3`,
      [competition.id, early, person.id],
    );
    expect(row).toEqual({ verdict });
  });

  it('HO-01: is in time although the lock came free after the end, while others press for the seat', async () => {
    const { competition, person } = await held('1 hour');
    const others = await people(20);
    const holder = await lockCompetition(competition);
    const inTime = confirm(person, competition);
    await untilWaiting('transactionid');
    const presses = Promise.all(others.map((other) => register(other, competition)));
    await endHoldUnderLock(holder, person, competition);
    await holder.release();
    expect((await inTime).status).toBe(200);
    expect(tally(await presses)).toEqual({ COMPETITION_FULL: 20 });
    expect(await statusOf(person, competition)).toBe('PENDING');
  });
});

describe('a hold that is due', () => {
  it('keeps its seat for 3 s after its end, and then goes to the first who presses, without a worker', async () => {
    const { competition, person } = await held('-1 second');
    const [early, late] = (await people(2)) as [Person, Person];
    expect(code(await register(early, competition))).toEqual([409, 'COMPETITION_FULL']);
    await endHoldsIn(competition, '-3.001 seconds');
    expect((await register(late, competition)).status).toBe(201);
    expect(await statusOf(person, competition)).toBe('CANCELLED');
    expect(code(await confirm(person, competition))).toEqual([409, 'HOLD_EXPIRED']);
  });

  it('is never the reason for "full": a request is decided again until nothing is due', async () => {
    const competition = await withHolds({ capacity: 600 });
    await holdSeats(await people(600), competition, '1 hour');
    await registerMany(await people(500), competition, { join: true });
    await endHoldsIn(competition, '-4 seconds');
    // The first step of 500 passes all its seats on to the waitlist.
    const presses = await Promise.all((await people(150)).map((person) => register(person, competition)));
    expect(tally(presses)).toEqual({ 201: 100, COMPETITION_FULL: 50 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('shows in the status at once: to readers and to subscribers', async () => {
    const { competition } = await held('-2 seconds', { waitlist: false });
    const subscriber = await subscribe(api.url, competition);
    const statuses = () => subscriber.events.map(({ status }) => status);
    await eventually(statuses, (found) => found.at(-1) === 'open');
    expect(statuses()).toEqual(['full', 'open']);
    subscriber.close();
  });

  it('that ended before the end of promotion is promoted as of its end, however late it is swept, and nobody later', async () => {
    const competition = await withHolds({ capacity: 2 });
    const [first, second, third] = (await people(3)) as [Person, Person, Person];
    await holdSeats(await people(2), competition, '1 hour');
    for (const person of [first, second, third]) await join(person, competition);
    await rows(
      `WITH c AS (
         UPDATE competitions SET reg_deadline = now() - interval '2 hours', promote_until = now() - interval '1 hour',
                start_date = now() + interval '1 day' WHERE id = $1
       )
       UPDATE registrations SET held_until = now() - (CASE admission WHEN first THEN '61 min' ELSE '59 min' END)::interval
       FROM (SELECT min(admission) AS first FROM registrations WHERE competition_id = $1) f
       WHERE competition_id = $1 AND status = 'HELD'`,
      [competition.id],
    );
    await rows('SELECT set_next_expiry_v1($1)', [competition.id]);
    await rows('SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c', [
      competition.id,
    ]);
    expect(await statusOf(first, competition)).toBe('HELD');
    expect(await statusOf(second, competition)).toBe('WAITLISTED');
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 2 });
  });
});
