import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anOrganizer,
  type CompetitionRow,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get, tally } from '../../../test/support/http-client.js';
import { countUnsettled, enqueue } from '../../../test/support/jobs.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { countRows, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { DueWork } from './due-work.js';

let api: TestApi;
let organizer: Person;
let { register, join } = participantClient('');
let { edit } = organizerClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join } = participantClient(api.url));
  ({ edit } = organizerClient(api.url));
  organizer = await anOrganizer();
});
afterEach(async () => expect(await checkInvariants(api.pool)).toEqual([]));
afterAll(() => api.close());

async function withWaitlist(waiting: number, options: { capacity?: number } = {}): Promise<CompetitionRow> {
  const competition = await aCompetition({ organizer, capacity: options.capacity ?? 10 });
  await registerMany(await people(competition.capacity), competition);
  await registerMany(await people(waiting), competition, { join: true });
  return competition;
}

/** What a worker does between its start and its end. */
async function withWorker(until: () => Promise<unknown>): Promise<void> {
  const worker = new DueWork(api.pool, new SeatNotifier(api.pool), new Outbox(api.pool));
  worker.onApplicationBootstrap();
  try {
    await until();
  } finally {
    await worker.onModuleDestroy();
  }
}

const isFinished = (competition: { id: string }) => async () => {
  const [row] = await rows<{ due: boolean }>('SELECT next_due_at IS NOT NULL AS due FROM competitions WHERE id = $1', [
    competition.id,
  ]);
  return row?.due === false;
};
const finish = (competition: { id: string }) => eventually(isFinished(competition), (finished) => finished, 60_000);
const statusOf = async ({ id }: CompetitionRow) => (await get(api.url, `/api/competitions/${id}`)).body.status;

describe('a long waitlist', () => {
  // The first one: its worker also handles the jobs of the tests before.
  it('R7 is closed at the deadline only after those who have a seat coming got it', async () => {
    const competition = await withWaitlist(700);
    await edit(organizer, competition, { capacity: 650 });
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 s' WHERE id = $1`, [competition.id]);
    const holder = await lockCompetition(competition);

    // The worker finds the row locked, so it cannot go on promoting.
    const worker = await startWorker({ databaseUrl: api.env.databaseUrl, cronReminderSchedule: NEVER });
    onTestFinished(() => worker.close());
    const closeWaitlists = async () => {
      await enqueue('deadlines', { slot: new Date().toISOString() });
      await eventually(
        () => countUnsettled('deadlines'),
        (n) => n === 0,
      );
    };
    const closings = () => countRows('outbox', `job = 'line-closed'`);
    await closeWaitlists();
    expect(await closings()).toBe(0);
    await holder.release();
    await finish(competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 60 });
    await closeWaitlists();
    expect(await closings()).not.toBe(0);
  });

  it('R7 is promoted in steps of 500: exact after each, nobody overtakes, and another worker goes on', async () => {
    const competition = await withWaitlist(3_000);
    expect((await edit(organizer, competition, { capacity: 2_510 })).status).toBe(200);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 2_000, waiting: 2_500 });

    // The free seats belong to the waitlist.
    const [plain, waitlister, ...newcomers] = await people(42);
    expect(await statusOf(competition)).toBe('full');
    expect((await register(plain!, competition)).body.code).toBe('COMPETITION_FULL');
    expect((await edit(organizer, competition, { capacity: 2_509 })).body.code).toBe('CAPACITY_BELOW_SEATED');
    // Each transaction that locks the row takes a step: promotion goes on without a worker.
    expect((await join(waitlister!, competition)).body).toMatchObject({ status: 'WAITLISTED', position: 2_001 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1_500, waiting: 2_001 });

    await withWorker(() =>
      eventually(
        () => seatsOf(competition),
        ({ seatsLeft }) => seatsLeft <= 1_000,
      ),
    );
    expect(await checkInvariants(api.pool)).toEqual([]);
    const responses = Promise.all(newcomers.map((person, n) => (n % 2 === 0 ? join : register)(person, competition)));
    await withWorker(() => finish(competition));
    expect(tally(await responses)).toEqual({ 201: 20, COMPETITION_FULL: 20 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 521 });

    const registrations = await registrationsOf(competition);
    const seated = registrations.filter(({ status }) => status === 'PENDING');
    expect(seated).toEqual(registrations.slice(0, 2_510));
    const promoted = await rows<{ id: string }>(
      `SELECT details->>'registrationId' AS id FROM audit_entries
       WHERE subject_id = $1 AND action = 'registration.promoted' ORDER BY audit_entries.id`,
      [competition.id],
    );
    expect(promoted.map(({ id }) => id)).toEqual(seated.slice(10).map(({ id }) => id));
    const enqueued = await rows<{ id: string }>(
      `SELECT payload->>'registrationId' AS id FROM outbox WHERE job = 'confirmation' AND payload->>'registrationId' = ANY ($1)`,
      [seated.map(({ id }) => id)],
    );
    expect(enqueued).toHaveLength(2_510);
  });

  it('R7 leaves the seats beyond it to newcomers at once', async () => {
    const competition = await withWaitlist(1_200);
    await edit(organizer, competition, { capacity: 1_215 });
    expect(await statusOf(competition)).toBe('open');
    const responses = await Promise.all((await people(10)).map((person) => register(person, competition)));
    expect(tally(responses)).toEqual({ 201: 5, COMPETITION_FULL: 5 });
    await withWorker(() => finish(competition));
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('R7 is promoted to the end although the deadline passes meanwhile', async () => {
    const competition = await withWaitlist(1_200);
    await edit(organizer, competition, { capacity: 1_110 });
    await api.pool.query(`UPDATE competitions SET reg_deadline = now() - interval '1 s' WHERE id = $1`, [
      competition.id,
    ]);
    await withWorker(() => finish(competition));
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 100 });
  });

  it('R7 is promoted in steps when the deadline is moved later, and when many leave at once', async () => {
    const competition = await withWaitlist(1_300, { capacity: 600 });
    const seated = (await registrationsOf(competition)).slice(0, 600).map(({ id }) => id);
    await api.pool.query(
      `WITH closed AS (UPDATE competitions SET reg_deadline = now() - interval '1 s' WHERE id = $1 RETURNING id)
       SELECT end_registrations_v1($2::uuid[], 'REMOVED', 'a reason', $3) FROM closed`,
      [competition.id, seated, organizer.id],
    );
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 600, waiting: 1_300 });
    await edit(organizer, competition, { regDeadline: inHours(24).toISOString() });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 100, waiting: 800 });
    await withWorker(() => finish(competition));
    const promoted = (await registrationsOf(competition)).filter(({ status }) => status === 'PENDING');
    await api.pool.query(`SELECT end_registrations_v1($1::uuid[], 'REMOVED', 'a reason', $2)`, [
      promoted.map(({ id }) => id),
      organizer.id,
    ]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 100, waiting: 200 });
    await withWorker(() => finish(competition));
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 100 });
  });

  it('R7 stops when the competition is canceled', async () => {
    const competition = await withWaitlist(1_200);
    await edit(organizer, competition, { capacity: 1_210 });
    await organizerClient(api.url).cancel(organizer, competition);
    await withWorker(() => finish(competition));
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 700, waiting: 700 });
  });
});
