import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import {
  allJobsSettled,
  countUnsettled,
  enqueue,
  expectNothingBroken,
  passUndoTime,
  runJob,
} from '../../../test/support/jobs.js';
import { countRows, messages, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
let staff: ReturnType<typeof organizerClient>;
let participant: ReturnType<typeof participantClient>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
  staff = organizerClient(api.url);
  participant = participantClient(api.url);
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await worker.close();
  await api.close();
});

type Competition = { readonly id: string };
const read = async ({ id }: Competition) => (await get(api.url, `/api/competitions/${id}`)).body;
const cancellations = ({ id }: Competition) => messages(`kind = 'COMPETITION_CANCELLED' AND about_id = '${id}'`);
const done = async (competition: Competition) => {
  await passUndoTime(competition);
  await allJobsSettled();
};

/** With messages: the undo must not depend on what was still under way. */
async function withPeople(seats: number, waiting = 0) {
  const competition = await aCompetition({ organizer, capacity: seats });
  const persons = await people(seats + waiting);
  const ids = await registerMany(persons, competition, { join: true });
  await allJobsSettled();
  return { competition, persons, ids };
}

it('UN-01 canceling closes at once, and an undo within ten seconds reopens: nobody gets a message, and seats are live again', async () => {
  const { competition } = await withPeople(3);
  await rows('UPDATE competitions SET capacity = 4, seats_left = 1 WHERE id = $1', [competition.id]);
  const subscriber = await subscribe(api.url, competition);
  await staff.cancel(organizer, competition);
  const person = await aPerson();
  expect((await participant.register(person, competition)).body.code).toBe('REGISTRATION_CLOSED');
  expect((await staff.pendingActs(organizer, competition)).body.items).toMatchObject([
    { kind: 'CANCELLATION', state: 'PENDING', count: 3, actor: { id: organizer.id } },
  ]);

  expect((await staff.undo(organizer, competition)).body.state).toBe('UNDONE');
  expect(await read(competition)).toMatchObject({ status: 'open', version: 3, cancelledAt: null, seatsLeft: 1 });
  expect((await participant.register(person, competition)).status).toBe(201);
  await done(competition);
  expect(await cancellations(competition)).toEqual([]);
  expect((await registrationsOf(competition)).map(({ status }) => status)).toEqual(Array(4).fill('CONFIRMED'));
  await vi.waitFor(() => expect(subscriber.events.at(-1)).toMatchObject({ status: 'full', seatsLeft: 0 }), 20_000);
  subscriber.close();
  const actions = await rows<{ action: string }>(
    `SELECT action FROM audit_entries WHERE subject_id = $1 AND action LIKE 'competition.%' ORDER BY id`,
    [competition.id],
  );
  expect(actions.map(({ action }) => action)).toEqual(['competition.cancelled', 'competition.reopened']);
});

it('UN-01 after a worker has begun, it cannot be undone, and everybody gets one message', async () => {
  const { competition, persons } = await withPeople(250);
  await staff.cancel(organizer, competition);
  const [pending] = (await staff.pendingActs(organizer, competition)).body.items;
  await done(competition);
  expect((await staff.undo(organizer, competition, pending.id)).body.code).toBe('TOO_LATE_TO_UNDO');
  expect(await cancellations(competition)).toHaveLength(persons.length);
  const finished = `id = '${pending.id}' AND claimed_at IS NOT NULL AND done_at IS NOT NULL`;
  expect(await countRows('pending_acts', finished)).toBe(1);
  expect((await staff.pendingActs(organizer, competition)).body.items).toEqual([]);
});

it('a competition that is canceled again has ten seconds again, and the job of the first time does nothing', async () => {
  const { competition } = await withPeople(2);
  await staff.cancel(organizer, competition);
  const [first] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE competition_id = $1', [
    competition.id,
  ]);
  await staff.undo(organizer, competition);
  await staff.cancel(organizer, competition);
  await runJob(worker.app, 'cancelled', first!.id, { competitionId: competition.id });
  expect(await cancellations(competition)).toEqual([]);
  expect((await staff.pendingActs(organizer, competition)).body.items).toHaveLength(1);
  await done(competition);
  expect(await cancellations(competition)).toHaveLength(2);
});

it('a confirmation, and the message about a new date, that run while an undo is possible are not lost', async () => {
  const competition = await aCompetition({ organizer, capacity: 3 });
  const early = await aPerson();
  await participant.register(early, competition);
  await allJobsSettled();
  const edited = await staff.edit(organizer, competition, { startDate: inHours(72).toISOString() });
  expect(edited.status).toBe(200);
  const late = await aPerson();
  await participant.register(late, competition);
  await staff.cancel(organizer, competition);
  await vi.waitFor(async () => expect(await countUnsettled()).toBe(1), { timeout: 15_000, interval: 50 });
  await staff.undo(organizer, competition);
  await allJobsSettled();
  const kinds = async ({ id }: Person) => (await messages(`user_id = '${id}'`)).map(({ kind }) => kind);
  expect(await kinds(early)).toEqual(['CONFIRMED', 'COMPETITION_CHANGED']);
  expect(await kinds(late)).toEqual(['CONFIRMED']);
});

it('a seat that became free while it was canceled goes to the waitlist after the undo, also when the deadline has passed', async () => {
  const { competition, persons } = await withPeople(2, 2);
  await staff.cancel(organizer, competition);
  await participant.leave(persons[0]!, competition);
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 2 });
  await rows('UPDATE competitions SET reg_deadline = clock_timestamp() WHERE id = $1', [competition.id]);
  await staff.undo(organizer, competition);
  expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 1 });
  await rows('UPDATE competitions SET reg_deadline = $2 WHERE id = $1', [competition.id, inHours(1)]);
  await allJobsSettled();
});

it('undo and the first batch of a worker: exactly one of them happens, in 40 competitions', async () => {
  const canceled = [];
  for (let n = 0; n < 40; n++) canceled.push((await withPeople(2)).competition);
  const fixtures = [];
  for (const competition of canceled) {
    await staff.cancel(organizer, competition);
    const { items } = (await staff.pendingActs(organizer, competition)).body;
    // A slow machine may take more than ten seconds until all of them are there.
    await rows(
      `UPDATE outbox SET due_at = now() + interval '1 hour'
       WHERE job = 'cancelled' AND payload->>'competitionId' = $1`,
      [competition.id],
    );
    fixtures.push({ competition, actId: items[0].id as string });
  }
  const outcomes = await Promise.all(
    fixtures.map(async ({ competition, actId }) => {
      const [{ status }] = await Promise.all([staff.undo(organizer, competition, actId), passUndoTime(competition)]);
      return status;
    }),
  );
  expect(outcomes.filter((status) => status !== 200 && status !== 409)).toEqual([]);
  await allJobsSettled();
  for (const [n, { competition }] of fixtures.entries()) {
    const { status } = await read(competition);
    const sent = (await cancellations(competition)).length;
    expect([status, sent]).toEqual(outcomes[n] === 200 ? ['full', 0] : ['cancelled', 2]);
  }
});

it('a cancellation by a server of the previous version, which has no pending act, ends at once', async () => {
  const { competition } = await withPeople(2);
  await rows('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
  await enqueue('cancelled', { competitionId: competition.id });
  await allJobsSettled();
  expect(await cancellations(competition)).toHaveLength(2);
});

it('a worker of the previous version claims nothing: after its first batch the undo is refused all the same', async () => {
  const { competition, ids } = await withPeople(2);
  await staff.cancel(organizer, competition);
  await rows(`SELECT end_registrations_v1($1, 'COMPETITION_CANCELLED', NULL, NULL)`, [[ids[0]]]);
  expect((await staff.undo(organizer, competition)).body.code).toBe('TOO_LATE_TO_UNDO');
  await done(competition);
});
