import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anOrganizer,
  aPerson,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { type ApiResponse, tally, untilServed } from '../../../test/support/http-client.js';
import { allJobsSettled, expectNothingBroken, passUndoTime, runJob } from '../../../test/support/jobs.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { countRows, messages, rows, seatsOf } from '../../../test/support/queries.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { checkInvariants } from '../../operations/invariants/invariants.js';

let api: TestApi;
let second: TestApi;
let workers: Awaited<ReturnType<typeof startWorker>>[];
let organizer: Person;
let staff: ReturnType<typeof organizerClient>;
beforeAll(async () => {
  api = await startApi();
  second = await startApi({ databaseUrl: api.env.databaseUrl });
  const env = { ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER };
  workers = await Promise.all([startWorker(env), startWorker(env)]);
  staff = organizerClient(api.url);
  organizer = await anOrganizer();
});
afterEach(expectNothingBroken);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await second.close();
  await api.close();
});

type Competition = { readonly id: string };
const removedIn = ({ id }: Competition) =>
  countRows('registrations', `competition_id = '${id}' AND end_reason = 'REMOVED'`);
const removalMessages = ({ id }: Competition) => messages(`kind = 'REMOVED' AND competition_id = '${id}'`);
const actions = async ({ id }: Competition, like: string) =>
  (
    await rows<{ action: string }>(
      `SELECT action FROM audit_entries WHERE subject_id = $1 AND action LIKE $2 ORDER BY id`,
      [id, like],
    )
  ).map(({ action }) => action);

/** All have a seat, and their messages. */
async function withSeated(n: number, { waiting = 0 } = {}) {
  const competition = await aCompetition({ organizer, capacity: n });
  const persons = await people(n + waiting);
  const ids = await registerMany(persons, competition, { join: true });
  await allJobsSettled();
  return { competition, persons, ids };
}

const done = async (competition: Competition) => {
  await passUndoTime(competition);
  await allJobsSettled();
};

describe('UN-01 removing 300 people', () => {
  it('does nothing when it is undone after 9.9 seconds', async () => {
    const { competition, ids } = await withSeated(300);
    const { status, body } = await staff.removeSeveral(organizer, competition, ids);
    expect([status, body]).toMatchObject([202, { kind: 'REMOVAL', state: 'PENDING', count: 300 }]);
    expect(Date.parse(body.dueAt) - Date.parse(body.createdAt)).toBe(10_000);
    expect(body.actor).toEqual({ id: organizer.id, name: organizer.name });
    // The undo is the first to wait for the lock, however long the machine takes to bring it there.
    const holder = await lockCompetition(competition);
    const undone = staff.undo(organizer, competition, body.id);
    await vi.waitFor(async () => {
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
      expect(await rows(waiting)).toHaveLength(1);
    }, 20_000);
    await rows(
      `UPDATE outbox SET due_at = now() + interval '100 milliseconds'
       WHERE id = (SELECT outbox_id FROM pending_acts WHERE id = $1)`,
      [body.id],
    );
    await holder.release();
    expect((await undone).body).toEqual({ id: body.id, state: 'UNDONE' });
    await done(competition);
    expect(await removedIn(competition)).toBe(0);
    expect(await removalMessages(competition)).toEqual([]);
    expect((await staff.pendingActs(organizer, competition)).body.items).toEqual([]);
    expect(await actions(competition, 'removal.%')).toEqual(['removal.requested', 'removal.undone']);
  });

  it('is done once after that, cannot be undone anymore, and each of them can be reinstated', async () => {
    const { competition, persons, ids } = await withSeated(300);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    await done(competition);
    expect(await removedIn(competition)).toBe(300);
    expect(await removalMessages(competition)).toHaveLength(300);
    expect((await staff.undo(organizer, competition, body.id)).body.code).toBe('TOO_LATE_TO_UNDO');
    expect(await countRows('pending_acts', `id = '${body.id}' AND done_at IS NOT NULL AND handled = 300`)).toBe(1);

    // One request per connection of the pools: this is about whom, not about how many at once.
    const reinstate = (id: string) => untilServed(() => staff.reinstate(organizer, competition, id));
    const responses = [];
    for (let from = 0; from < ids.length; from += 10)
      responses.push(...(await Promise.all(ids.slice(from, from + 10).map(reinstate))));
    expect(tally(responses)).toEqual({ 200: 300 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    await allJobsSettled();
    const confirmed = await messages(
      `kind = 'CONFIRMED' AND competition_id = '${competition.id}' AND occurrence <> ''`,
    );
    expect(new Set(confirmed.map(({ userId }) => userId)).size).toBe(persons.length);
    expect(confirmed[0]?.text).toContain('The organizer has reinstated your registration');
  });
});

describe('removing several people', () => {
  it('decides about each of them again when it runs: people who left are skipped, and the waitlist moves up in order', async () => {
    const { competition, persons, ids } = await withSeated(3, { waiting: 2 });
    await staff.removeSeveral(organizer, competition, ids.slice(0, 3));
    await participantClient(api.url).leave(persons[1]!, competition);
    await done(competition);
    const ended = await rows(
      `SELECT id, end_reason FROM registrations WHERE competition_id = $1 AND status = 'CANCELLED' ORDER BY admission`,
      [competition.id],
    );
    expect(ended).toEqual([
      { id: ids[0], end_reason: 'REMOVED' },
      { id: ids[1], end_reason: 'LEFT' },
      { id: ids[2], end_reason: 'REMOVED' },
    ]);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 0 });
  });

  it('counts those who are registered, each once, and refuses an id of another competition', async () => {
    const { competition, persons, ids } = await withSeated(3);
    await participantClient(api.url).leave(persons[0]!, competition);
    const { body } = await staff.removeSeveral(organizer, competition, [...ids, ids[2]!]);
    expect(body.count).toBe(2);
    await staff.undo(organizer, competition);
    const other = await withSeated(1);
    const mixed = await staff.removeSeveral(organizer, competition, [ids[1]!, other.ids[0]!]);
    expect(mixed.body.code).toBe('REGISTRATION_NOT_FOUND');
    expect((await staff.removeSeveral(organizer, competition, [])).status).toBe(400);
    expect((await staff.removeSeveral(await anOrganizer(), competition, ids)).status).toBe(403);
  });

  it('takes 10,000 ids, and not one more', async () => {
    const { competition } = await withSeated(1);
    const unknown = Array.from({ length: 10_001 }, (_, i) => `01234567-89ab-7def-8123-${String(i).padStart(12, '0')}`);
    const most = await staff.removeSeveral(organizer, competition, unknown.slice(1));
    expect(most.body.code).toBe('REGISTRATION_NOT_FOUND');
    expect((await staff.removeSeveral(organizer, competition, unknown)).body.code).toBe('VALIDATION_FAILED');
  });

  it('replays the response for a key, and starts one act', async () => {
    const { competition, ids } = await withSeated(2);
    const [one, two] = await Promise.all([
      staff.removeSeveral(organizer, competition, ids, { key: 'remove-1' }),
      staff.removeSeveral(organizer, competition, ids, { key: 'remove-1' }),
    ]);
    expect(two.text).toBe(one.text);
    expect(await countRows('pending_acts', `competition_id = '${competition.id}'`)).toBe(1);
    const undone = await staff.undo(organizer, competition, one.body.id, { key: 'undo-1' });
    const again = await staff.undo(organizer, competition, one.body.id, { key: 'undo-1' });
    expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([undone.text, 'true']);
  });

  it('goes on where it was killed between two batches, and removes nobody twice who was reinstated meanwhile', async () => {
    const { competition, ids } = await withSeated(450);
    await rows(`
      CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.handled > 200 THEN RAISE EXCEPTION 'killed'; END IF;
        RETURN NEW;
      END $$`);
    await rows(`CREATE TRIGGER refuse BEFORE UPDATE ON pending_acts FOR EACH ROW EXECUTE FUNCTION refuse_second()`);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    const [job] = await rows<{ id: string }>('SELECT outbox_id AS id FROM pending_acts WHERE id = $1', [body.id]);
    const run = () => runJob(workers[0]!.app, 'remove-several', job!.id, { actId: body.id });
    await expect(run()).rejects.toThrow('killed');
    expect(await removedIn(competition)).toBe(200);
    expect((await staff.undo(organizer, competition, body.id)).body.code).toBe('TOO_LATE_TO_UNDO');
    expect((await staff.pendingActs(organizer, competition)).body.items).toMatchObject([{ state: 'RUNNING' }]);
    await rows('DROP TRIGGER refuse ON pending_acts');
    expect((await staff.reinstate(organizer, competition, ids[0]!)).status).toBe(200);
    await Promise.all([run(), run()]);
    expect(await removedIn(competition)).toBe(449);
    await allJobsSettled();
  });
});

describe('undo and the worker', () => {
  /** A machine under load answers some with 503, which says that nothing has happened yet. */
  async function untilDecided(send: (options: { key: string }) => Promise<ApiResponse>): Promise<ApiResponse> {
    const key = randomUUID();
    for (;;) {
      const response = await send({ key });
      if (response.status !== 503) return response;
    }
  }

  /** Half of the acts are undone in the moment in which a worker starts them. */
  const race = async (n: number) => {
    const { competition, ids } = await withSeated(n);
    const acts: string[] = [];
    for (let from = 0; from < n; from += 10)
      acts.push(
        ...(await Promise.all(
          ids
            .slice(from, from + 10)
            .map((id) => untilDecided((options) => staff.removeSeveral(organizer, competition, [id], options))),
        ).then((responses) => responses.map(({ body }) => body.id as string))),
      );
    const managers = [staff, organizerClient(second.url)] as const;
    const [, ...undone] = await Promise.all([
      passUndoTime(competition),
      ...acts.map((act, i) =>
        untilDecided((options) => managers[i % 2 === 0 ? 1 : 0].undo(organizer, competition, act, options)),
      ),
    ]);
    await allJobsSettled();
    return { undone: undone.filter(({ status }) => status === 200).length, removed: await removedIn(competition) };
  };

  it('decide for exactly one of undone and done, 200 times', async () => {
    const { undone, removed } = await race(200);
    expect(undone + (removed ?? 0)).toBe(200);
  });

  it('two managers who undo at once both get the response that it is undone, and the history has one entry', async () => {
    const { competition, ids } = await withSeated(1);
    const other = await anOrganizer();
    await employ(other, competition, 'MANAGER');
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    const responses = await Promise.all([
      staff.undo(organizer, competition, body.id),
      organizerClient(second.url).undo(other, competition, body.id),
    ]);
    expect(tally(responses)).toEqual({ 200: 2 });
    expect(await actions(competition, 'removal.undone')).toHaveLength(1);
  });

  it('sabotage: without the check for a claim, an act that has begun is undone by half, unless the database refuses', async () => {
    const { competition, ids } = await withSeated(1);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    await done(competition);
    const undoDirectly = () => rows('UPDATE pending_acts SET undone_at = now() WHERE id = $1', [body.id]);
    await expect(undoDirectly()).rejects.toThrow('undone_or_claimed');
    await rows('ALTER TABLE pending_acts DROP CONSTRAINT undone_or_claimed');
    await undoDirectly();
    expect([
      await removedIn(competition),
      await countRows('pending_acts', `id = '${body.id}' AND undone_at IS NOT NULL`),
    ]).toEqual([1, 1]);
    await rows('UPDATE pending_acts SET undone_at = NULL WHERE id = $1', [body.id]);
    await rows(
      `ALTER TABLE pending_acts ADD CONSTRAINT undone_or_claimed CHECK (undone_at IS NULL OR claimed_at IS NULL)`,
    );
  });

  it('sabotage: without the delay of the job, there is nothing left to undo', async () => {
    await rows(`
      CREATE FUNCTION no_delay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := now(); RETURN NEW; END $$`);
    await rows('CREATE TRIGGER no_delay BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION no_delay()');
    const { competition, ids } = await withSeated(1);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    await allJobsSettled();
    await rows('DROP TRIGGER no_delay ON outbox');
    expect((await staff.undo(organizer, competition, body.id)).body.code).toBe('TOO_LATE_TO_UNDO');
  });

  it('waits for its time: the job is not due before', async () => {
    const { competition, ids } = await withSeated(1);
    await staff.removeSeveral(organizer, competition, ids);
    const [job] = await rows<{ wait: number }>(
      `SELECT extract(epoch FROM o.due_at - a.created_at)::float8 AS wait FROM pending_acts a JOIN outbox o ON o.id = a.outbox_id
       WHERE a.competition_id = $1`,
      [competition.id],
    );
    expect(job?.wait).toBe(10);
    await staff.undo(organizer, competition);
  });

  it('does nothing when the job of an undone act is dispatched again', async () => {
    const { competition, ids } = await withSeated(1);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    await staff.undo(organizer, competition, body.id);
    const [job] = await rows<{ id: string }>(
      `UPDATE outbox SET settled_at = NULL WHERE id = (SELECT outbox_id FROM pending_acts WHERE id = $1) RETURNING id`,
      [body.id],
    );
    await runJob(workers[0]!.app, 'remove-several', job!.id, { actId: body.id });
    expect(await removedIn(competition)).toBe(0);
  });

  it('refuses an act of another competition, and people who may not undo', async () => {
    const { competition, ids } = await withSeated(1);
    const { body } = await staff.removeSeveral(organizer, competition, ids);
    const other = await aCompetition({ organizer });
    expect((await staff.undo(organizer, other, body.id)).body.code).toBe('ACT_NOT_FOUND');
    expect((await staff.undo(await aPerson(), competition, body.id)).status).toBe(403);
    expect((await staff.pendingActs(await anOrganizer(), competition)).status).toBe(403);
    await staff.undo(organizer, competition);
  });
});

describe('reinstating', () => {
  const left = async (n: number, options: { waiting?: number } = {}) => {
    const fixture = await withSeated(n, options);
    await participantClient(api.url).leave(fixture.persons[0]!, fixture.competition);
    return fixture;
  };

  it('gives a free seat, keeps the admission number, and says so in a new message', async () => {
    const { competition, persons, ids } = await left(2);
    await allJobsSettled();
    const { status, body } = await staff.reinstate(organizer, competition, ids[0]!);
    expect([status, body]).toEqual([200, { registrationId: ids[0], status: 'PENDING' }]);
    await allJobsSettled();
    const own = await messages(`user_id = '${persons[0]!.id}'`);
    expect(own.map(({ kind }) => kind)).toEqual(['CONFIRMED', 'LEFT', 'CONFIRMED']);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
    expect(await actions(competition, 'registration.reinstated')).toHaveLength(1);
  });

  it('puts the person at their old position on the waitlist, before those who came later', async () => {
    const { competition, persons, ids } = await left(2, { waiting: 3 });
    await allJobsSettled();
    const { body } = await staff.reinstate(organizer, competition, ids[0]!);
    expect(body).toEqual({ registrationId: ids[0], status: 'WAITLISTED' });
    const violations = await checkInvariants(api.pool);
    expect(violations.filter(({ id }) => id === 'I14')).toEqual([]);
    await participantClient(api.url).leave(persons[1]!, competition);
    const [first] = await rows<{ status: string }>('SELECT status FROM registrations WHERE id = $1', [ids[0]]);
    expect(first?.status).toBe('PENDING');
    await allJobsSettled();
    const own = await messages(`user_id = '${persons[0]!.id}'`);
    expect(own.at(-1)?.kind).toBe('PROMOTED');
  });

  it('sends a message each time to a person who is removed, reinstated and removed again', async () => {
    const { competition, persons, ids } = await withSeated(1);
    for (let round = 0; round < 2; round++) {
      await staff.removeSeveral(organizer, competition, ids);
      await done(competition);
      if (round === 0) await staff.reinstate(organizer, competition, ids[0]!);
      await allJobsSettled();
    }
    const own = await messages(`user_id = '${persons[0]!.id}'`);
    expect(own.map(({ kind }) => kind)).toEqual(['CONFIRMED', 'REMOVED', 'CONFIRMED', 'REMOVED']);
  });

  it('is refused where they came back themselves, and repeated without effect', async () => {
    const { competition, persons, ids } = await left(2);
    await participantClient(api.url).register(persons[0]!, competition);
    expect((await staff.reinstate(organizer, competition, ids[0]!)).body.code).toBe('ALREADY_REGISTERED');
    await participantClient(api.url).leave(persons[0]!, competition);
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => staff.reinstate(organizer, competition, ids[0]!)),
    );
    expect(tally(responses)).toEqual({ 200: 20 });
    expect(await actions(competition, 'registration.reinstated')).toHaveLength(1);
  });

  it('ignores the deadline while a seat is free, and then refuses: nobody is promoted anymore', async () => {
    const { competition, persons, ids } = await left(2);
    await participantClient(api.url).leave(persons[1]!, competition);
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 minute' WHERE id = $1`, [competition.id]);
    await rows('UPDATE competitions SET capacity = 1, seats_left = 1 WHERE id = $1', [competition.id]);
    expect((await staff.reinstate(organizer, competition, ids[1]!)).body.status).toBe('PENDING');
    expect((await staff.reinstate(organizer, competition, ids[0]!)).body.code).toBe('COMPETITION_FULL');
  });

  /** After the deadline: one free seat, and a person on the waitlist with a lower number than the person who has left. */
  const overtaking = async () => {
    const { competition, persons, ids } = await withSeated(1, { waiting: 2 });
    await participantClient(api.url).leave(persons[2]!, competition);
    await rows(`UPDATE competitions SET reg_deadline = now() - interval '1 minute' WHERE id = $1`, [competition.id]);
    await participantClient(api.url).leave(persons[0]!, competition);
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 1, waiting: 1 });
    return { competition, persons, response: await staff.reinstate(organizer, competition, ids[2]!) };
  };

  it('never overtakes a person on the waitlist', async () => {
    expect((await overtaking()).response.body.code).toBe('COMPETITION_FULL');
  });

  it('sabotage: without the look at who waits before, the reinstated overtakes', async () => {
    const { rows: original } = await api.pool.query(`SELECT pg_get_functiondef('reinstate_v1'::regproc) AS text`);
    await sabotage('reinstate_v1', 'AND v_is_first', '');
    const { competition, persons, response } = await overtaking();
    expect(response.body.status).toBe('PENDING');
    expect((await checkInvariants(api.pool)).map(({ id }) => id)).toContain('I14');
    await participantClient(api.url).leave(persons[1]!, competition);
    await rows(original[0].text);
    await allJobsSettled();
  });

  it('is refused in a canceled competition, for unknown registrations, for the staff, and to strangers', async () => {
    const { competition, persons, ids } = await left(2);
    expect((await staff.reinstate(organizer, await aCompetition({ organizer }), ids[0]!)).body.code).toBe(
      'REGISTRATION_NOT_FOUND',
    );
    expect((await staff.reinstate(await anOrganizer(), competition, ids[0]!)).status).toBe(403);
    await employ(persons[0]!, competition, 'SCANNER');
    expect((await staff.reinstate(organizer, competition, ids[0]!)).body.code).toBe('STAFF_CANNOT_REGISTER');
    await staff.cancel(organizer, competition);
    expect((await staff.reinstate(organizer, competition, ids[0]!)).body.code).toBe('COMPETITION_CANCELLED');
    await done(competition);
  });

  it('never seats more than there are seats, while others register for the same ones', async () => {
    const competition = await aCompetition({ organizer, capacity: 50, waitlist: false });
    const persons = await people(50);
    const ids = await registerMany(persons, competition);
    await staff.removeSeveral(organizer, competition, ids);
    await done(competition);
    const newcomers = await people(100);
    const { register } = participantClient(second.url);
    const [registered] = await Promise.all([
      Promise.all(newcomers.map((person) => register(person, competition))),
      // They wait for one lock, and on a slow machine some reach the time limit of a request.
      Promise.all(
        ids.map((id) =>
          eventually(
            () => staff.reinstate(organizer, competition, id, { key: id }),
            ({ status }) => status !== 503,
          ),
        ),
      ),
    ]);
    const seated = tally(registered)[201] ?? 0;
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: seated });
    await allJobsSettled();
  });

  it('sabotage: without the lock of the competition, two reinstate into one seat, and only the constraint refuses', async () => {
    const { competition, ids } = await withSeated(2);
    await staff.removeSeveral(organizer, competition, ids);
    await done(competition);
    await rows('UPDATE competitions SET capacity = 1, seats_left = 1 WHERE id = $1', [competition.id]);
    // Both read one free seat before either of them writes.
    await sabotage('reinstate_v1', 'UPDATE registrations', 'PERFORM pg_sleep(0.5); UPDATE registrations');
    const reinstated = await Promise.allSettled(
      ids.map((id) => api.pool.query('SELECT reinstate_v1($1, $2, $3)', [competition.id, id, organizer.id])),
    );
    expect(reinstated.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await allJobsSettled();
  });
});
