import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
} from '../../../test/support/factories.js';
import {
  allJobsSettled,
  brokenJobInvariants,
  enqueue,
  killAfterFirstBatch,
  runJob,
} from '../../../test/support/jobs.js';
import { registrationsOf, rows } from '../../../test/support/queries.js';
import { sabotage, withoutKeyOfMessages } from '../../../test/support/sabotage.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { isUnsettledJob } from '../../platform/queue/outbox.js';

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
let { register, join, confirm, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, confirm, leave } = participantClient(api.url));
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
});
beforeEach(async () => {
  organizer = await anOrganizer();
});
afterAll(async () => {
  await worker?.close();
  await api?.close();
});

const competitionWith = (options: CompetitionOptions) =>
  aCompetition({ organizer, title: 'Winter Cup', startDate: inHours(100), location: 'Main Hall', ...options });
const decide = async (competition: CompetitionRow, registrationId: string, decision: 'ACCEPT' | 'REJECT') => {
  const [row] = await rows<{ verdict: string }>(
    `SELECT d.verdict FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c,
            LATERAL decide_v1(c.id, ARRAY[$2::uuid], ARRAY[$3], ARRAY['Too young'], $4) d`,
    [competition.id, registrationId, decision, organizer.id],
  );
  await rows('NOTIFY outbox');
  return row?.verdict;
};
const textsFor = ({ id }: Person) =>
  rows<{ kind: string; text: string }>('SELECT kind, text FROM mailbox_messages WHERE user_id = $1 ORDER BY id', [id]);
const kindsFor = async (person: Person) => (await textsFor(person)).map(({ kind }) => kind);
const untilInformed = (person: Person, kinds: readonly string[]) =>
  eventually(
    () => kindsFor(person),
    (found) => found.length >= kinds.length,
  ).then((found) => expect(found).toEqual(kinds));
const holdEndsIn = (competition: CompetitionRow, interval: string) =>
  rows(
    `WITH held AS (
       UPDATE registrations SET held_until = date_trunc('milliseconds', now()) + $2::interval
       WHERE competition_id = $1 AND status = 'HELD' RETURNING held_until
     )
     UPDATE competitions SET next_expiry_at = (SELECT min(held_until) + interval '3 seconds' FROM held) WHERE id = $1`,
    [competition.id, interval],
  );
const runDeadlines = async () => {
  const [{ id }] = (await rows(
    `INSERT INTO outbox (queue, job, payload) VALUES ('schedule', 'deadlines', jsonb_build_object('slot', iso_instant(now())))
     RETURNING id`,
  )) as [{ id: string }];
  await runJob(worker.app, 'deadlines', id, { slot: new Date().toISOString() });
  await allJobsSettled();
};

describe('the messages of a hold', () => {
  it('HO-02: say until when, in the time zone of the reader, and that the seat is theirs once they have confirmed', async () => {
    const competition = await competitionWith({ capacity: 1, confirmWithinSeconds: 3600 * 48 });
    const [seated, next] = (await people(2)) as [Person, Person];
    await rows(`UPDATE users SET language = 'de', time_zone = 'Asia/Tokyo' WHERE id = $1`, [next.id]);
    await register(seated, competition);
    await join(next, competition);
    await untilInformed(next, ['WAITING']);
    await leave(seated, competition);
    await untilInformed(next, ['WAITING', 'HELD']);
    const [, held] = await textsFor(next);
    const [{ until }] = (await rows(
      `SELECT to_char(held_until AT TIME ZONE 'Asia/Tokyo', 'HH24:MI') AS until FROM registrations WHERE user_id = $1`,
      [next.id],
    )) as [{ until: string }];
    expect(held?.text).toMatch(new RegExp(`ganz vorn\\. Wir halten ihn dir frei bis [^\\n]+${until} GMT\\+9`));
    expect((await confirm(next, competition)).status).toBe(200);
    await untilInformed(next, ['WAITING', 'HELD', 'CONFIRMED']);
    expect((await textsFor(next)).at(-1)?.text).toMatch(/^Danke fürs Bestätigen/);
    await allJobsSettled();
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('HO-02: a day and an hour before its end the person is reminded once, unless they have confirmed', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', confirmWithinSeconds: 3600 * 48 });
    const [slow, quick] = (await people(2)) as [Person, Person];
    for (const id of await registerMany([slow, quick], competition)) await decide(competition, id, 'ACCEPT');
    for (const person of [slow, quick]) await untilInformed(person, ['HELD']);
    await runDeadlines();
    expect(await kindsFor(slow)).toEqual(['HELD']);

    await rows(`UPDATE mailbox_messages SET created_at = created_at - interval '2 days' WHERE competition_id = $1`, [
      competition.id,
    ]);
    await holdEndsIn(competition, '23 hours');
    for (let n = 0; n < 2; n++) await runDeadlines();
    expect(await kindsFor(slow)).toEqual(['HELD', 'HOLD_ENDING']);
    await confirm(quick, competition);
    await holdEndsIn(competition, '50 minutes');
    for (let n = 0; n < 2; n++) await runDeadlines();
    expect(await kindsFor(slow)).toEqual(['HELD', 'HOLD_ENDING', 'HOLD_ENDING']);
    expect(await kindsFor(quick)).toEqual(['HELD', 'HOLD_ENDING', 'CONFIRMED']);
    expect(await brokenJobInvariants()).toEqual([]);
  });

  /** The worker is killed after the commit, before the queue knows that the job is done. */
  async function remindDespiteAKill() {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', confirmWithinSeconds: 3600 * 48 });
    const person = await aPerson();
    const [registrationId] = (await registerMany([person], competition)) as [string];
    await decide(competition, registrationId, 'ACCEPT');
    await untilInformed(person, ['HELD']);
    const [held] = await rows<{ heldUntil: string }>(
      'SELECT iso_instant(held_until) AS "heldUntil" FROM registrations WHERE id = $1',
      [registrationId],
    );
    const payload = { registrationId, heldUntil: held?.heldUntil ?? '', lead: 'day' as const };
    const outboxId = await enqueue('hold-ending', payload);
    await allJobsSettled();
    await runJob(worker.app, 'hold-ending', outboxId, payload);
    await allJobsSettled();
    return kindsFor(person);
  }

  it('HO-02: a person is reminded once, although the worker was killed after that', async () => {
    expect(await remindDespiteAKill()).toEqual(['HELD', 'HOLD_ENDING']);
  });

  it('sabotage: without the look whether the job is settled, and the key of messages, they are reminded twice', async () => {
    const kinds = await withoutKeyOfMessages(remindDespiteAKill, (text) =>
      text.replace(`AND ${isUnsettledJob()} FOR UPDATE`, 'FOR UPDATE'),
    );
    expect(kinds).toEqual(['HELD', 'HOLD_ENDING', 'HOLD_ENDING']);
  });

  it('HO-02: nobody is reminded of an end that was nearer than that when the hold began', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', confirmWithinSeconds: 3600 * 23 });
    const person = await aPerson();
    const [id] = await registerMany([person], competition);
    await decide(competition, id as string, 'ACCEPT');
    await untilInformed(person, ['HELD']);
    await runDeadlines();
    expect(await kindsFor(person)).toEqual(['HELD']);
  });

  it('HO-02: who does not confirm in time is told, and the next person is asked', async () => {
    const competition = await competitionWith({ capacity: 1, confirmWithinSeconds: 3600 });
    const [seated, first, second] = (await people(3)) as [Person, Person, Person];
    await register(seated, competition);
    for (const person of [first, second]) {
      await join(person, competition);
      await untilInformed(person, ['WAITING']);
    }
    await leave(seated, competition);
    await untilInformed(first, ['WAITING', 'HELD']);
    await holdEndsIn(competition, '-5 seconds');
    await rows('UPDATE competitions SET next_expiry_at = now() WHERE id = $1', [competition.id]);
    await untilInformed(first, ['WAITING', 'HELD', 'EXPIRED']);
    await untilInformed(second, ['WAITING', 'HELD']);
    expect((await textsFor(first)).at(-1)?.text).toMatch(/It wasn’t confirmed by then.+you can register again\.$/s);
    await allJobsSettled();
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('HO-02: nobody is asked to confirm a hold that is over', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', confirmWithinSeconds: 3600 });
    const person = await aPerson();
    const [id] = await registerMany([person], competition);
    await rows(
      `WITH c AS (UPDATE competitions SET seats_left = seats_left - 1 WHERE id = $1)
       UPDATE registrations SET status = 'HELD', decided_at = now(), held_until = now() - interval '1 ms' WHERE id = $2`,
      [competition.id, id],
    );
    const job = await enqueue('held', { registrationId: id as string });
    await eventually(
      () => rows('SELECT outdated FROM outbox WHERE id = $1 AND settled_at IS NOT NULL', [job]),
      (found) => found.length === 1,
    );
    expect(await rows('SELECT outdated FROM outbox WHERE id = $1', [job])).toEqual([{ outdated: true }]);
    expect(await kindsFor(person)).not.toContain('HELD');
    await rows('UPDATE competitions SET deleted_at = now() WHERE id = $1', [competition.id]);
  });
});

describe('the messages of an application', () => {
  it('who has applied learns what happens next, and after the decision that they have a seat', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', decisionsBy: inHours(30) });
    const person = await aPerson();
    const { status, body } = await register(person, competition);
    expect([status, body.status]).toEqual([201, 'APPLIED']);
    await untilInformed(person, ['APPLIED']);
    expect((await textsFor(person))[0]?.text).toContain('You’ll hear from us by');
    await decide(competition, body.registrationId, 'ACCEPT');
    await untilInformed(person, ['APPLIED', 'CONFIRMED']);
    expect((await textsFor(person))[1]?.text).toMatch(/^Your application for Winter Cup has been accepted/);
  });

  it('a rejection is told with its reason ten seconds later, and not at all if it was taken back meanwhile', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL' });
    const [rejected, reinstated] = (await people(2)) as [Person, Person];
    const ids = await registerMany([rejected, reinstated], competition);
    for (const person of [rejected, reinstated]) await untilInformed(person, ['APPLIED']);
    for (const id of ids) expect(await decide(competition, id, 'REJECT')).toBe('CANCELLED');
    const [due] = await rows<{ seconds: number }>(
      `SELECT extract(epoch FROM o.due_at - r.ended_at)::float8 AS seconds FROM outbox o JOIN registrations r ON r.id = $1
       WHERE o.job = 'rejected' AND o.payload->>'registrationId' = r.id::text`,
      [ids[0]],
    );
    expect(due?.seconds).toBe(10);
    await organizerClient(api.url).reinstate(organizer, competition, ids[1] as string);
    await untilInformed(reinstated, ['APPLIED', 'APPLIED']);
    await rows(`UPDATE outbox SET due_at = now() WHERE job = 'rejected'`);
    await rows('NOTIFY outbox');
    await untilInformed(rejected, ['APPLIED', 'REJECTED']);
    await allJobsSettled();
    expect((await textsFor(rejected))[1]?.text).toMatch(/has not accepted your application.+Reason:\sToo young$/s);
    expect(await kindsFor(reinstated)).toEqual(['APPLIED', 'APPLIED']);
    expect((await textsFor(reinstated))[1]?.text).toMatch(/^The organizer has reopened your application/);
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('sabotage: without the ten seconds, somebody is told of a rejection that is then taken back', async () => {
    await sabotage('end_registrations_v1', `interval '10 seconds'`, `interval '0 seconds'`);
    const competition = await competitionWith({ admissionMode: 'APPROVAL' });
    const [person] = (await people(1)) as [Person];
    const [id] = (await registerMany([person], competition)) as [string];
    await untilInformed(person, ['APPLIED']);
    await decide(competition, id, 'REJECT');
    await untilInformed(person, ['APPLIED', 'REJECTED']);
    await sabotage('end_registrations_v1', `interval '0 seconds'`, `interval '10 seconds'`);
    await organizerClient(api.url).reinstate(organizer, competition, id);
    await untilInformed(person, ['APPLIED', 'REJECTED', 'APPLIED']);
  });

  it('withdrawing it is called so', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL' });
    const person = await aPerson();
    await register(person, competition);
    await untilInformed(person, ['APPLIED']);
    await leave(person, competition);
    await untilInformed(person, ['APPLIED', 'LEFT']);
    expect((await textsFor(person))[1]?.text).toMatch(/^Your application for Winter Cup has been withdrawn/);
  });

  /** The worker is killed between two batches. One of 511 applicants has been accepted. */
  async function tellLateDecisionsDespiteAKill() {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', decisionsBy: inHours(1), capacity: 600 });
    const ids = await registerMany(await people(511), competition);
    await allJobsSettled(60_000);
    await decide(competition, ids[0] as string, 'ACCEPT');
    await rows(`UPDATE competitions SET decisions_by = clock_timestamp() WHERE id = $1`, [competition.id]);
    // Applied after that time: nothing was promised.
    const late = await aPerson();
    await registerMany([late], competition);
    const outboxId = randomUUID();
    await rows(
      `INSERT INTO outbox (id, queue, job, payload, due_at)
       VALUES ($1, 'competition', 'decisions-late', jsonb_build_object('competitionId', $2::text), 'infinity')`,
      [outboxId, competition.id],
    );
    const run = () => runJob(worker.app, 'decisions-late', outboxId, { competitionId: competition.id });
    const revive = await killAfterFirstBatch('DECISIONS_LATE', competition);
    await expect(run()).rejects.toThrow('killed');
    await revive();
    expect(await toldIn(competition)).toEqual({ messages: 500, people: 500 });
    await run();
    await allJobsSettled(60_000);
    return { competition, late, outboxId, told: await toldIn(competition) };
  }

  const toldIn = async ({ id }: CompetitionRow) =>
    (
      await rows(
        `SELECT count(*)::int AS messages, count(DISTINCT user_id)::int AS people
         FROM mailbox_messages WHERE kind = 'DECISIONS_LATE' AND competition_id = $1`,
        [id],
      )
    )[0];

  it('late decisions are told the undecided once, although the worker was killed between two batches', async () => {
    const { competition, late, outboxId, told } = await tellLateDecisionsDespiteAKill();
    expect(told).toEqual({ messages: 510, people: 510 });
    expect(await kindsFor(late)).not.toContain('DECISIONS_LATE');
    expect(tallyOf(await registrationsOf(competition))).toMatchObject({ APPLIED: 511 });
    await runDeadlines();
    expect(await rows(`SELECT FROM outbox WHERE job = 'decisions-late' AND id <> $1`, [outboxId])).toEqual([]);
  });

  it('sabotage: without the look at who has it from this job, and the key of messages, the first batch gets it twice', async () => {
    const { told } = await withoutKeyOfMessages(tellLateDecisionsDespiteAKill, (text) =>
      text.replaceAll(`m.kind = 'DECISIONS_LATE' AND`, '$& false AND'),
    );
    expect(told).toEqual({ messages: 1_010, people: 510 });
  });

  it('late decisions are enqueued by the schedule once, and told again only for a new promised time', async () => {
    const competition = await competitionWith({ admissionMode: 'APPROVAL', decisionsBy: inHours(1) });
    const empty = await competitionWith({ admissionMode: 'APPROVAL', decisionsBy: inHours(-1) });
    const person = await aPerson();
    await register(person, competition);
    await untilInformed(person, ['APPLIED']);
    const pass = () => rows(`UPDATE competitions SET decisions_by = clock_timestamp() WHERE id = $1`, [competition.id]);
    await pass();
    for (let n = 0; n < 2; n++) await runDeadlines();
    expect(await kindsFor(person)).toEqual(['APPLIED', 'DECISIONS_LATE']);
    const { status } = await organizerClient(api.url).edit(organizer, competition, {
      decisionsBy: inHours(5).toISOString(),
    });
    expect(status).toBe(200);
    await pass();
    await runDeadlines();
    expect(await kindsFor(person)).toEqual(['APPLIED', 'DECISIONS_LATE', 'DECISIONS_LATE']);
    expect(
      await rows('SELECT decisions_late_at IS NOT NULL AS done FROM competitions WHERE id = $1', [empty.id]),
    ).toEqual([{ done: true }]);
  });
});

const tallyOf = (registrations: readonly { status: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { status } of registrations) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
