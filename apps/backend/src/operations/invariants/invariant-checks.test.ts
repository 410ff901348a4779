import type { InvariantReport } from '@mini-compete/shared/invariants';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { testPool } from '../../../test/support/database.js';
import {
  aCompetition,
  anAdmin,
  anOrganizer,
  aPerson,
  type CompetitionRow,
  employ,
  type Person,
  people,
  registerMany,
} from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { allJobsSettled, enqueue, runJob } from '../../../test/support/jobs.js';
import { rows } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { takeWithin } from './check-selection.js';
import { checkNext } from './invariant-checks.js';

describe('the checks of the invariants', () => {
  let api: TestApi;
  let worker: Awaited<ReturnType<typeof startWorker>>;
  let admin: Person;

  beforeAll(async () => {
    api = await startApi();
    admin = await anAdmin();
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, cronReminderSchedule: NEVER });
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
  });

  /** Without the pause that follows a check. */
  const check = async () => {
    await rows('UPDATE invariant_checks SET duration_ms = 0');
    return checkNext(testPool());
  };
  const report = async (): Promise<InvariantReport> =>
    (await get(api.url, '/api/admin/invariants', { token: admin.token })).body;
  const broken = async () => (await report()).invariants.filter(({ count }) => count > 0);

  describe('OB-01: a row that was broken by hand', () => {
    let competition: CompetitionRow;
    let person: Person;
    const registrationOf = async ({ id }: Person) =>
      (
        await rows<{ id: string }>('SELECT id FROM registrations WHERE user_id = $1 AND competition_id = $2', [
          id,
          competition.id,
        ])
      )[0]?.id as string;

    beforeEach(async () => {
      competition = await aCompetition({ capacity: 2 });
      person = await aPerson();
      await registerMany([person, await aPerson()], competition);
      await allJobsSettled();
      await check();
      expect(await broken()).toEqual([]);
    });

    /** Expects the breach, repairs it, and expects that it is gone. */
    async function expectBreach(name: string, row: object, repair: [sql: string, values?: unknown[]]) {
      await check();
      expect(await broken()).toMatchObject([
        { name, count: 1, breaches: [{ competition: { id: competition.id }, row }] },
      ]);
      expect(await metric(name)).toBe(1);
      await rows(...repair);
      await check();
      expect(await broken()).toEqual([]);
      expect(await metric(name)).toBe(0);
    }
    const metric = async (name: string) => {
      const { body } = await worker.app.inject({ url: '/metrics' });
      const line = new RegExp(`^mini_compete_invariant_breaches\\{invariant="${name}"\\} (\\d+)$`, 'm').exec(body);
      return Number(line?.[1]);
    };

    it('turns "never oversold" red: more people than seats', async () => {
      await rows('ALTER TABLE competitions DROP CONSTRAINT seats_left_within_capacity');
      await rows('UPDATE competitions SET capacity = 1, seats_left = -1 WHERE id = $1', [competition.id]);
      await check();
      expect(await broken()).toMatchObject([
        {
          name: 'never-oversold',
          count: 2,
          breaches: expect.arrayContaining(
            ['I2', 'I3'].map((id) =>
              expect.objectContaining({
                competition: { id: competition.id, title: competition.title },
                case: id,
                row: expect.objectContaining({ capacity: 1, held: 2 }),
              }),
            ),
          ),
        },
      ]);
      await rows('UPDATE competitions SET capacity = 2, seats_left = 0 WHERE id = $1', [competition.id]);
      await check();
      expect(await broken()).toEqual([]);
    });

    it('turns "never oversold" red: a counter that offers a seat that is taken', async () => {
      await rows('UPDATE competitions SET seats_left = 1 WHERE id = $1', [competition.id]);
      await expectBreach('never-oversold', { seats_left: 1, held: 2 }, [
        'UPDATE competitions SET seats_left = 0 WHERE id = $1',
        [competition.id],
      ]);
    });

    it('turns "nobody twice" red', async () => {
      const registration = await registrationOf(person);
      await rows('DROP INDEX one_active_registration');
      await rows(`UPDATE competitions SET capacity = 3 WHERE id = $1`, [competition.id]);
      await rows(
        `WITH again AS (
           INSERT INTO registrations (competition_id, user_id, status)
           SELECT competition_id, user_id, 'CONFIRMED' FROM registrations WHERE id = $1 RETURNING *)
         INSERT INTO mailbox_messages (user_id, kind, about_id, title, text)
         SELECT user_id, 'CONFIRMED', id, '', '' FROM again`,
        [registration],
      );
      await expectBreach('nobody-twice', { user_id: person.id, times: 2 }, [
        `WITH gone AS (DELETE FROM registrations WHERE user_id = $2 AND id <> $3) UPDATE competitions SET capacity = 2 WHERE id = $1`,
        [competition.id, person.id, registration],
      ]);
    });

    it('turns "everybody told" red', async () => {
      const id = await registrationOf(person);
      await rows('CREATE TABLE lost AS SELECT * FROM mailbox_messages');
      await rows('DELETE FROM mailbox_messages WHERE about_id = $1', [id]);
      await expectBreach('everybody-told', { registration_id: id, status: 'CONFIRMED' }, [
        'INSERT INTO mailbox_messages SELECT * FROM lost ON CONFLICT DO NOTHING',
      ]);
    });

    it('turns "no seat idle" red', async () => {
      const waiting = await aPerson();
      await registerMany([waiting], competition, { join: true });
      await allJobsSettled();
      await rows('UPDATE competitions SET capacity = 3, seats_left = 1, next_due_at = NULL WHERE id = $1', [
        competition.id,
      ]);
      await expectBreach('no-seat-idle', { seats_left: 1 }, [
        'UPDATE competitions SET capacity = 2, seats_left = 0 WHERE id = $1',
        [competition.id],
      ]);
    });

    it('turns "records agree" red', async () => {
      await employ(person, competition, 'MANAGER');
      await expectBreach('records-agree', { user_id: person.id }, [
        'DELETE FROM competition_staff WHERE user_id = $1',
        [person.id],
      ]);
    });
  });

  it('OB-02: messages that wait in the queue, or that an admin has to decide on, break no promise', async () => {
    await worker.close();
    const competition = await aCompetition({ capacity: 5 });
    await registerMany(await people(8), competition, { join: true });
    await check();
    expect(await broken()).toEqual([]);
    await rows(
      `WITH dead AS (UPDATE outbox SET settled_at = now() WHERE settled_at IS NULL RETURNING *)
       INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts) SELECT id, queue, job, payload, '', 3 FROM dead`,
    );
    await check();
    expect(await broken()).toEqual([]);
    await rows('DELETE FROM failed_jobs');
    await check();
    expect(await broken()).toMatchObject([{ name: 'everybody-told', count: 8 }]);
    await rows('UPDATE outbox SET settled_at = NULL WHERE job IN ($1, $2)', ['confirmation', 'waiting']);
    worker = await startWorker({ databaseUrl: api.env.databaseUrl, cronReminderSchedule: NEVER });
    await allJobsSettled();
    await check();
    expect(await broken()).toEqual([]);
  });

  it('OB-02: a person who has erased the account after the beginning needs no message', async () => {
    const [competition, person] = [await aCompetition(), await aPerson()];
    await registerMany([person], competition);
    await allJobsSettled();
    await rows('DELETE FROM mailbox_messages WHERE user_id = $1', [person.id]);
    await rows('UPDATE users SET erased_at = now() WHERE id = $1', [person.id]);
    await check();
    expect(await broken()).toEqual([]);
  });

  it('OB-03: reports when it was checked and what, and that the checks have stopped', async () => {
    await check();
    const now = await report();
    expect(now).toMatchObject({ stale: false });
    expect(now.invariants).toHaveLength(5);
    expect(now.competitions).toBeGreaterThan(0);
    expect(now.registrations).toBeGreaterThan(0);
    expect(Date.parse(now.checkedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(now.completedAt).toBe(now.checkedAt);
    await rows(`UPDATE invariant_checks SET checked_at = now() - interval '6 minutes'`);
    expect((await report()).stale).toBe(true);
    const { body } = await worker.app.inject({ url: '/metrics' });
    const age = /^mini_compete_invariant_check_timestamp_seconds (\S+)$/m.exec(body)?.[1];
    expect(Math.abs(Number(age) - (Date.now() / 1000 - 360))).toBeLessThan(30);
  });

  it('OB-03: two workers at the same time store one result', async () => {
    await rows('UPDATE invariant_checks SET duration_ms = 0');
    const competition = await aCompetition({ capacity: 3 });
    await rows('UPDATE competitions SET seats_left = 1 WHERE id = $1', [competition.id]);
    const slot = new Date().toISOString();
    await Promise.all(
      [1, 2].map(async () => runJob(worker.app, 'invariants', await enqueue('invariants', { slot }), { slot })),
    );
    expect(await broken()).toMatchObject([{ name: 'never-oversold', count: 1 }]);
    await rows('UPDATE competitions SET seats_left = 3 WHERE id = $1', [competition.id]);
    await check();
  });

  it('is for admins only', async () => {
    for (const person of [await aPerson(), await anOrganizer()])
      expect((await get(api.url, '/api/admin/invariants', { token: person.token })).status).toBe(403);
    expect((await get(api.url, '/api/admin/invariants')).status).toBe(401);
  });

  // Its own check, once a minute, would come between.
  describe('while no worker runs', () => {
    beforeAll(() => worker.close());

    it('OB-03: a slow check is followed by a pause of twenty times its duration', async () => {
      await check();
      await rows('UPDATE invariant_checks SET duration_ms = 10000');
      expect(await checkNext(testPool())).toMatchObject({ text: 'checksPaused' });
      await rows(`UPDATE invariant_checks SET checked_at = now() - interval '201 seconds'`);
      expect(await checkNext(testPool())).toMatchObject({ text: 'checked' });
    });

    it('OB-03: takes changed competitions first, the others in turn, and a large one alone', async () => {
      expect(takeWithin([{ id: 'a', size: 9 }], 5)).toHaveLength(1);
      expect(
        takeWithin(
          [2, 2, 2, 1].map((size, i) => ({ id: `${i}`, size })),
          5,
        ).map(({ id }) => id),
      ).toEqual(['0', '1']);
      await check();
      const old = await aCompetition({ capacity: 2 });
      await rows(
        `UPDATE competitions SET reg_deadline = now() - interval '9 days', start_date = NULL, end_date = NULL WHERE id = $1`,
        [old.id],
      );
      await rows('UPDATE competitions SET seats_left = 1 WHERE id = $1', [old.id]);
      await check();
      expect(await broken()).toEqual([]);
      await rows(`INSERT INTO audit_entries (action, subject_id) VALUES ('registration.seated', $1)`, [old.id]);
      await check();
      expect(await broken()).toMatchObject([{ name: 'never-oversold', breaches: [{ competition: { id: old.id } }] }]);
      // A known breach is looked at again, without a change.
      await rows('UPDATE competitions SET seats_left = 2 WHERE id = $1', [old.id]);
      await check();
      expect(await broken()).toEqual([]);
    });
  });
});
