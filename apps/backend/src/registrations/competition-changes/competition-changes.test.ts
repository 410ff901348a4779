import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import {
  aCompetition,
  anOrganizer,
  type CompetitionRow,
  inHours,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import {
  allJobsSettled,
  enqueue,
  expectNothingBroken,
  killAfterFirstBatch,
  runJob,
} from '../../../test/support/jobs.js';
import { messages, registrationsOf, rows, seatsOf } from '../../../test/support/queries.js';
import { rewriteStatements } from '../../../test/support/sabotage.js';
import { subscribe } from '../../../test/support/seat-subscriber.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';
import { DeadLetters } from '../../platform/queue/dead-letters.js';
import type { Payload } from '../../registry/jobs.js';

type Worker = Awaited<ReturnType<typeof startWorker>>;

let api: TestApi;
let workers: [Worker, Worker];
let organizer: Person;
let { edit, cancel } = organizerClient('');
beforeAll(async () => {
  api = await startApi();
  const env = { ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER };
  workers = await Promise.all([startWorker(env), startWorker(env)]);
  ({ edit, cancel } = organizerClient(api.url));
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await api.close();
});

const WAIT = { timeout: 15_000, interval: 100 };
const idsOf = (persons: readonly { id: string }[]) => persons.map(({ id }) => id).sort();
const recipients = async (kind: string, { id }: { id: string }, occurrence = '') =>
  (await messages(`kind = '${kind}' AND about_id = '${id}' AND occurrence = '${occurrence}'`))
    .map(({ userId }) => userId)
    .sort();
const notPromoted = ({ id }: { id: string }) => messages(`kind = 'NOT_PROMOTED' AND competition_id = '${id}'`);
const runDeadlines = async () => {
  await enqueue('deadlines', { slot: new Date().toISOString() });
  await allJobsSettled();
};

describe('a canceled competition', () => {
  it('ends all registrations, sends each person one message, and updates subscribers', async () => {
    const competition = await aCompetition({ organizer, capacity: 3 });
    const persons = await people(5);
    for (const person of persons) await participantClient(api.url).join(person, competition);
    const subscriber = await subscribe(api.url, competition);
    await vi.waitFor(() => expect(subscriber.events.at(-1)).toMatchObject({ seatsLeft: 0, waiting: 2 }));
    await Promise.all([cancel(organizer, competition), cancel(organizer, competition)]);
    await vi.waitFor(
      () => expect(subscriber.events.at(-1)).toMatchObject({ seatsLeft: 3, waiting: 0, status: 'cancelled' }),
      WAIT,
    );
    expect(
      await rows(
        `SELECT status, end_reason AS why, count(*)::int AS n FROM registrations WHERE competition_id = $1 GROUP BY 1, 2`,
        [competition.id],
      ),
    ).toEqual([{ status: 'CANCELLED', why: 'COMPETITION_CANCELLED', n: 5 }]);
    expect(await recipients('COMPETITION_CANCELLED', competition)).toEqual(idsOf(persons));
    subscriber.close();
  });

  it('with many hundreds of registrations ends them in batches, on two workers and from two jobs, while people leave', async () => {
    const competition = await aCompetition({ organizer, capacity: 500 });
    const [seated, waiting] = [await people(500), await people(150)];
    await registerMany(seated, competition);
    await registerMany(waiting, competition, { join: true });
    const leaving = seated.slice(-20);
    await cancel(organizer, competition);
    await rows(
      `INSERT INTO outbox (queue, job, payload) VALUES ('competition', 'cancelled', jsonb_build_object('competitionId', $1::uuid))`,
      [competition.id],
    );
    await Promise.all(leaving.map((person) => participantClient(api.url).leave(person, competition)));
    await vi.waitFor(
      async () =>
        expect(
          await rows('SELECT FROM competitions WHERE id = $1 AND registrations_ended_at IS NOT NULL', [competition.id]),
        ).toHaveLength(1),
      WAIT,
    );
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 500, waiting: 0 });
    // Each person got one message: about the cancellation, or about leaving.
    const cancelled = await recipients('COMPETITION_CANCELLED', competition);
    const [{ n }] = (await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM registrations WHERE competition_id = $1 AND end_reason = 'COMPETITION_CANCELLED'`,
      [competition.id],
    )) as [{ n: number }];
    expect(await registrationsOf(competition)).toHaveLength(650);
    expect(cancelled).toHaveLength(n);
    expect(new Set(cancelled).size).toBe(n);
    expect(n).toBeGreaterThanOrEqual(630);
  });

  it('continues with the next batch after the worker was killed between two batches, and the seats are always correct', async () => {
    const competition = await aCompetition({ organizer, capacity: 450 });
    await registerMany(await people(450), competition);
    await allJobsSettled();
    await rows('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    // The second batch fails after the first one has committed, as if the worker was killed.
    await rows(`
      CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM registrations WHERE competition_id = '${competition.id}' AND status = 'CANCELLED') > 300
        THEN RAISE EXCEPTION 'killed'; END IF;
        RETURN NULL;
      END $$`);
    await rows(`CREATE TRIGGER refuse_second AFTER UPDATE ON registrations EXECUTE FUNCTION refuse_second()`);
    const payload = { competitionId: competition.id };
    const [job] = await rows<{ id: string }>(
      `INSERT INTO outbox (queue, job, payload, due_at) VALUES ('competition', 'cancelled', $1, 'infinity') RETURNING id`,
      [payload],
    );
    await expect(runJob(workers[0].app, 'cancelled', job!.id, payload)).rejects.toThrow('killed');
    expect(await recipients('COMPETITION_CANCELLED', competition)).toHaveLength(200);
    expect(await checkInvariants(api.pool)).toEqual([]);

    await rows('DROP TRIGGER refuse_second ON registrations');
    await Promise.all(workers.map(({ app }) => runJob(app, 'cancelled', job!.id, payload)));
    expect(await recipients('COMPETITION_CANCELLED', competition)).toHaveLength(450);
  });

  it('is enqueued again when its job is lost', async () => {
    const competition = await aCompetition({ organizer });
    const persons = await people(3);
    await registerMany(persons, competition);
    await rows(`UPDATE competitions SET cancelled_at = now() - interval '1 hour' WHERE id = $1`, [competition.id]);
    await runDeadlines();
    expect(await recipients('COMPETITION_CANCELLED', competition)).toEqual(idsOf(persons));
  });
});

describe('a change of a competition', () => {
  it('JB-23 of the date, twice, sends two messages to everybody seated or waitlisted, without duplicates', async () => {
    const competition = await aCompetition({ organizer, capacity: 4 });
    const [seated, waiting, gone] = [await people(4), await people(2), await people(1)];
    await registerMany([...gone, ...seated.slice(1)], competition);
    await participantClient(api.url).leave(gone[0]!, competition);
    await registerMany(seated.slice(0, 1), competition);
    await registerMany(waiting, competition, { join: true });
    await allJobsSettled();
    const everybody = idsOf([...seated, ...waiting]);
    for (const [version, hours] of [
      ['2', 72],
      ['3', 96],
    ] as const) {
      await edit(organizer, competition, { startDate: inHours(hours).toISOString(), location: `Hall ${hours}` });
      await vi.waitFor(
        async () => expect(await recipients('COMPETITION_CHANGED', competition, version)).toEqual(everybody),
        WAIT,
      );
    }
    expect(await messages(`kind = 'COMPETITION_CHANGED' AND about_id = '${competition.id}'`)).toHaveLength(12);
  });

  it('sends messages in several transactions, and a second run sends none again', async () => {
    const competition = await aCompetition({ organizer, capacity: 1_300 });
    await registerMany(await people(1_300), competition);
    await allJobsSettled();
    await edit(organizer, competition, { location: 'Elsewhere' });
    const changes = () => recipients('COMPETITION_CHANGED', competition, '2');
    await vi.waitFor(async () => expect(await changes()).toHaveLength(1_300), WAIT);
    await allJobsSettled();
    const [job] = await rows<{ id: string; payload: Payload<'changed'> }>(
      `SELECT id, payload FROM outbox WHERE job = 'changed' AND payload->>'competitionId' = $1`,
      [competition.id],
    );
    await Promise.all(workers.map(({ app }) => runJob(app, 'changed', job!.id, job!.payload)));
    expect(await changes()).toHaveLength(1_300);
  });

  it('sabotage of JB-23: without the version in the key of a message, nobody gets the second one', async () => {
    const competition = await aCompetition({ organizer });
    await registerMany(await people(1), competition);
    await allJobsSettled();
    await rows(`
      CREATE FUNCTION no_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := ''; RETURN NEW; END $$`);
    await rows(
      `CREATE TRIGGER no_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION no_occurrence()`,
    );
    for (const version of [2, 3]) await enqueue('changed', { competitionId: competition.id, version, what: ['place'] });
    await allJobsSettled();
    expect(await recipients('COMPETITION_CHANGED', competition)).toHaveLength(1);
    await rows('DROP TRIGGER no_occurrence ON mailbox_messages');
  });
});

describe('a passed deadline', () => {
  it('sends a message to everyone who is still waitlisted, once', async () => {
    const competition = await aCompetition({ organizer, capacity: 1, startDate: null });
    const [seated, waiting] = [await people(1), await people(3)];
    await registerMany(seated, competition);
    await registerMany(waiting, competition, { join: true });
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 second' WHERE id = $1`, [competition.id]);
    for (let n = 0; n < 2; n++)
      await rows(
        `INSERT INTO outbox (queue, job, payload) VALUES ('competition', 'line-closed', jsonb_build_object('competitionId', $1::uuid))`,
        [competition.id],
      );
    await allJobsSettled();
    expect((await notPromoted(competition)).map(({ userId }) => userId).sort()).toEqual(idsOf(waiting));
  });

  it('sends nothing when it has moved to the future', async () => {
    const competition = await aCompetition({ organizer, capacity: 1 });
    await registerMany(await people(1), competition);
    await registerMany(await people(3), competition, { join: true });
    await enqueue('line-closed', { competitionId: competition.id });
    await allJobsSettled();
    expect(await notPromoted(competition)).toEqual([]);
  });

  it('sends nothing again when it moves within the past, but does when it passes a second time', async () => {
    const competition = await aCompetition({ organizer, capacity: 1, startDate: null });
    await registerMany(await people(1), competition);
    await registerMany(await people(3), competition, { join: true });
    const moveTo = async (hours: number) => {
      expect((await edit(organizer, competition, { regDeadline: inHours(hours).toISOString() })).status).toBe(200);
      await runDeadlines();
    };
    for (const [hours, times] of [
      [-3, 1],
      [-2, 1],
      [-4, 1],
      [24, 1],
      [-1, 2],
    ] as const) {
      await moveTo(hours);
      expect(await notPromoted(competition), `${hours} hours`).toHaveLength(3 * times);
    }
  });

  /** The worker is killed between two batches, and the deadline then moves within the past. */
  async function closeDespiteAKill() {
    const competition = await aCompetition({ organizer, capacity: 1, startDate: null });
    const waiting = await people(510);
    await registerMany(await people(1), competition);
    await registerMany(waiting, competition, { join: true });
    await allJobsSettled(60_000);
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '3 hours' WHERE id = $1`, [competition.id]);
    const revive = await killAfterFirstBatch('NOT_PROMOTED', competition);
    const payload = { competitionId: competition.id };
    const [job] = await rows<{ id: string }>(
      `INSERT INTO outbox (queue, job, payload, due_at) VALUES ('competition', 'line-closed', $1, 'infinity') RETURNING id`,
      [payload],
    );
    await expect(runJob(workers[0].app, 'line-closed', job!.id, payload)).rejects.toThrow('killed');
    expect(await notPromoted(competition)).toHaveLength(500);
    await revive();
    await moveDeadline(competition, -2);
    await Promise.all(workers.map(({ app }) => runJob(app, 'line-closed', job!.id, payload)));
    return { competition, waiting };
  }

  const moveDeadline = async (competition: CompetitionRow, hours: number) =>
    expect((await edit(organizer, competition, { regDeadline: inHours(hours).toISOString() })).status).toBe(200);

  it('R21: sends one message per closing, although the worker was killed between two batches and the deadline then moved within the past', async () => {
    const { competition, waiting } = await closeDespiteAKill();
    expect((await notPromoted(competition)).map(({ userId }) => userId).sort()).toEqual(idsOf(waiting));
    for (const hours of [24, -1]) await moveDeadline(competition, hours);
    await runDeadlines();
    expect(await notPromoted(competition)).toHaveLength(2 * waiting.length);
  });

  it('sabotage of R21: without the look at who has it from this job, the first batch gets it twice', async () => {
    rewriteStatements((text) => text.replaceAll(`m.kind = 'NOT_PROMOTED' AND`, '$& false AND'));
    const { competition, waiting } = await closeDespiteAKill();
    vi.restoreAllMocks();
    expect(await notPromoted(competition)).toHaveLength(500 + waiting.length);
  });

  it('R10: is not enqueued again while its job is a dead letter', async () => {
    const competition = await aCompetition({ organizer, capacity: 1, startDate: null });
    await registerMany(await people(1), competition);
    await registerMany(await people(3), competition, { join: true });
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 second' WHERE id = $1`, [competition.id]);
    const [job] = await rows<{ id: string }>(
      `INSERT INTO outbox (queue, job, payload, due_at) VALUES ('competition', 'line-closed', $1, 'infinity') RETURNING id`,
      [{ competitionId: competition.id }],
    );
    const failure = { outboxId: job!.id, error: 'a defect', attempts: 5, permanent: false };
    await workers[0].app.get(DeadLetters).add(failure);
    await runDeadlines();
    expect(await notPromoted(competition)).toEqual([]);

    await rows(`UPDATE failed_jobs SET settled_at = now(), settled_as = 'DISCARDED'`);
    await runDeadlines();
    expect(await notPromoted(competition)).toHaveLength(3);
    await rows('DELETE FROM failed_jobs');
  });
});
