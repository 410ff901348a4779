import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.js';
import { aCompetition, inHours, people } from '../../test/factories.js';
import { enqueue, runJob } from '../../test/handlers.js';
import { allSettled, broken, enter, messages, rows } from '../../test/jobs.js';
import { NEVER, startWorker } from '../../test/worker.js';
import { checkInvariants } from '../registrations/invariants.js';

describe('acts that concern many people', () => {
  let database: TestDatabase;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    worker = await startWorker({ databaseUrl: database.url, cronReminderSchedule: NEVER });
  });
  beforeEach(() => rows('TRUNCATE users, competitions, outbox, mailbox_messages CASCADE'));
  afterEach(async () => {
    expect(await checkInvariants(database.pool)).toEqual([]);
    expect(await broken()).toEqual([]);
  });
  afterAll(async () => {
    await worker?.close();
    await database?.drop();
  });

  const kinds = async (kind: string) => (await messages(`kind = '${kind}'`)).length;
  const filled = async (seated: number, waiting: number) => {
    const competition = await aCompetition({ capacity: seated });
    const persons = await people(seated + waiting);
    await enter(persons.slice(0, seated), competition);
    if (waiting > 0) await enter(persons.slice(seated), competition, { join: true });
    await allSettled();
    return competition;
  };

  it('a cancelled competition ends all registrations and tells everyone once, seated or waiting', async () => {
    const competition = await filled(450, 50);
    await rows('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    await enqueue('cancelled', { competitionId: competition.id });
    await allSettled();
    expect(await rows('SELECT status, end_reason AS why, count(*)::int AS n FROM registrations GROUP BY 1, 2')).toEqual(
      [{ status: 'CANCELLED', why: 'COMPETITION_CANCELLED', n: 500 }],
    );
    expect(await kinds('COMPETITION_CANCELLED')).toBe(500);
    expect(
      await rows('SELECT seats_left, waiting, registrations_ended_at IS NOT NULL AS ended FROM competitions'),
    ).toEqual([{ seats_left: 450, waiting: 0, ended: true }]);
  });

  it('killed between two batches it goes on where it was, and the seats were right all along', async () => {
    const competition = await filled(450, 0);
    await rows('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [competition.id]);
    // The second batch meets a database that refuses it: the first has committed, and the worker is gone.
    await rows(`
      CREATE FUNCTION refuse_second() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF (SELECT count(*) FROM registrations WHERE status = 'CANCELLED') > 300 THEN RAISE EXCEPTION 'killed'; END IF;
        RETURN NULL;
      END $$`);
    await rows(`CREATE TRIGGER refuse_second AFTER UPDATE ON registrations EXECUTE FUNCTION refuse_second()`);
    const [job] = await rows<{ id: string }>(
      `INSERT INTO outbox (queue, job, payload, due_at)
       VALUES ('competition', 'cancelled', jsonb_build_object('competitionId', $1::uuid), 'infinity') RETURNING id`,
      [competition.id],
    );
    await expect(runJob(worker.app, 'cancelled', job!.id, { competitionId: competition.id })).rejects.toThrow('killed');
    expect(await kinds('COMPETITION_CANCELLED')).toBe(200);
    expect(await checkInvariants(database.pool)).toEqual([]);

    await rows('DROP TRIGGER refuse_second ON registrations');
    await Promise.all([1, 2].map(() => runJob(worker.app, 'cancelled', job!.id, { competitionId: competition.id })));
    expect(await kinds('COMPETITION_CANCELLED')).toBe(450);
  });

  it('JB-23: a date that moves twice is two messages for each, and none twice', async () => {
    const competition = await filled(700, 10);
    const ids = [];
    for (const version of [2, 3])
      ids.push(await enqueue('changed', { competitionId: competition.id, version, what: ['date'] }));
    await allSettled();
    for (const [i, version] of [2, 3].entries())
      await runJob(worker.app, 'changed', ids[i]!, { competitionId: competition.id, version, what: ['date'] });
    expect(await kinds('COMPETITION_CHANGED')).toBe(2 * 710);
  });

  it('sabotage of JB-23: without the version in it, the second change is told to nobody', async () => {
    const competition = await filled(1, 0);
    await rows(`
      CREATE FUNCTION no_occurrence() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.occurrence := ''; RETURN NEW; END $$`);
    await rows(
      `CREATE TRIGGER no_occurrence BEFORE INSERT ON mailbox_messages FOR EACH ROW EXECUTE FUNCTION no_occurrence()`,
    );
    for (const version of [2, 3]) await enqueue('changed', { competitionId: competition.id, version, what: ['place'] });
    await allSettled();
    expect(await kinds('COMPETITION_CHANGED')).toBe(1);
    await rows('DROP TRIGGER no_occurrence ON mailbox_messages');
  });

  it('a deadline that passes tells those still waiting, once; one that moves and passes again tells them again', async () => {
    const competition = await filled(1, 3);
    const pass = async (hoursAgo: number) => {
      await rows('UPDATE competitions SET reg_deadline = $2, line_closed_at = NULL WHERE id = $1', [
        competition.id,
        inHours(-hoursAgo),
      ]);
      await enqueue('deadlines', { slot: new Date().toISOString() });
      await allSettled();
    };
    await pass(2);
    await enqueue('deadlines', { slot: new Date().toISOString() });
    await allSettled();
    expect(await kinds('NOT_PROMOTED')).toBe(3);
    await pass(1);
    expect(await kinds('NOT_PROMOTED')).toBe(6);
  });

  it('a deadline that moved later after all tells nobody', async () => {
    const competition = await filled(1, 3);
    await enqueue('line-closed', { competitionId: competition.id });
    await allSettled();
    expect(await kinds('NOT_PROMOTED')).toBe(0);
  });

  it('a cancellation whose job is gone is taken up again', async () => {
    const competition = await filled(3, 0);
    await rows(`UPDATE competitions SET cancelled_at = now() - interval '1 hour' WHERE id = $1`, [competition.id]);
    await enqueue('deadlines', { slot: new Date().toISOString() });
    await allSettled();
    expect(await kinds('COMPETITION_CANCELLED')).toBe(3);
  });
});
