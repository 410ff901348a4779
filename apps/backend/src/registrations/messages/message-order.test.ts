import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient, participantClient } from '../../../test/support/competition-clients.js';
import { testPool } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import {
  aCompetition,
  anOrganizer,
  type CompetitionRow,
  inHours,
  type Person,
  people,
} from '../../../test/support/factories.js';
import { del } from '../../../test/support/http-client.js';
import { invitationClient } from '../../../test/support/invitation-client.js';
import { brokenJobInvariants, runJob, runTogether } from '../../../test/support/jobs.js';
import { groupBy, MessageJournal } from '../../../test/support/message-journal.js';
import { messages, type RegistrationRow, registrationsOf, rows } from '../../../test/support/queries.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import type { JobName, Payload } from '../../registry/jobs.js';

const PEOPLE = 3;
const START = inHours(20).getTime();

type Action =
  | { readonly type: ActionOfOne; readonly person: number }
  | { readonly type: 'raise' | 'move' | 'relocate' | 'close' | 'reopen' | 'cancel' | 'remind' | 'delay' };
/** `expire`: nobody confirms in time. */
type ActionOfOne =
  | 'register'
  | 'leave'
  | 'remove'
  | 'reinstate'
  | 'confirm'
  | 'expire'
  | 'accept'
  | 'waitlist'
  | 'reject'
  | 'invite'
  | 'withdraw'
  | 'redeem';
/** The worker runs some of the pending jobs at once: which ones, and whether a run of each is repeated. */
type Work = { readonly type: 'work'; readonly order: readonly number[]; readonly twice: boolean };
type Step = Action | Work;

/** How people get in. */
interface Rules {
  readonly applies?: boolean;
  readonly confirms?: boolean;
}

interface PendingJob {
  readonly id: string;
  readonly job: JobName;
  readonly payload: Payload<JobName>;
}

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  api = await startApi();
  worker = await startWorker({ ...api.env, cronReminderSchedule: NEVER, cronCleanupSchedule: NEVER });
  // The relay never finds a job: this test delivers them, in its own order.
  await rows(`
    CREATE FUNCTION never_due() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at := 'infinity'; RETURN NEW; END $$`);
  await rows('CREATE TRIGGER never_due BEFORE INSERT OR UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION never_due()');
});
beforeEach(async () => {
  // No TRUNCATE: its locks on whole tables and those of the worker's regular queries could be a deadlock.
  for (const table of ['outbox', 'mailbox_messages', 'invitations', 'registrations'])
    await rows(`DELETE FROM ${table}`);
  await rows('UPDATE competitions SET deleted_at = now() WHERE deleted_at IS NULL');
});
afterAll(async () => {
  await worker?.close();
  await api?.close();
});

const pendingJobs = () =>
  rows<PendingJob>(
    `SELECT id, job, payload FROM outbox WHERE settled_at IS NULL AND queue IN ('registration', 'competition', 'reminder')
     ORDER BY number, id`,
  );
const outdatedJobs = () => rows<{ job: string }>('SELECT job FROM outbox WHERE outdated ORDER BY number');
const runAll = async (jobs: readonly PendingJob[]) => {
  for (const { id, job, payload } of jobs) await runJob(worker.app, job, id, payload);
};
const runSchedule = (job: 'deadlines' | 'reminders') =>
  runJob(worker.app, job, randomUUID(), { slot: new Date().toISOString() });

/** One competition, its people, and the journal of what happens to them. */
class Story {
  private edits = 0;
  location = 'Hall 0';
  readonly journal: MessageJournal;
  private readonly participant = participantClient(api.url);
  private readonly owner = organizerClient(api.url);
  private readonly invitations = invitationClient(api.url);

  private constructor(
    readonly organizer: Person,
    readonly persons: readonly Person[],
    readonly competition: CompetitionRow,
  ) {
    this.journal = new MessageJournal(competition);
  }

  static async begin(capacity: number, rules: Rules = {}): Promise<Story> {
    const organizer = await anOrganizer();
    const competition = await aCompetition({
      organizer,
      capacity,
      regDeadline: inHours(10),
      startDate: new Date(START),
      location: 'Hall 0',
      admissionMode: rules.applies ? 'APPROVAL' : 'FIRST_COME',
      confirmWithinSeconds: rules.confirms ? 36_000 : null,
    });
    return new Story(organizer, await people(PEOPLE), competition);
  }

  async take(action: Action): Promise<void> {
    await this.perform(action);
    await this.journal.record();
  }

  /** Runs jobs at once: those of one kind in a batch, as the worker does, and the others beside them. */
  async work(jobs: readonly PendingJob[], twice = false): Promise<void> {
    await this.recordMoments(jobs);
    const byName = [...groupBy(jobs, ({ job }) => job).values()];
    await Promise.all(byName.map((batch) => runTogether(worker.app, batch)));
    await this.journal.record();
    if (twice) await Promise.all(byName.map((batch) => runTogether(worker.app, batch)));
  }

  /** What the jobs about the moment may say: reminders are written before the end of registrations, if at all. */
  private async recordMoments(jobs: readonly PendingJob[]): Promise<void> {
    for (const { job, payload } of jobs) {
      if (job === 'notify') await this.journal.recordMoment('REMINDER', (payload as Payload<'notify'>).startDate);
      if (job !== 'hold-ending') continue;
      const { heldUntil, lead } = payload as Payload<'hold-ending'>;
      await this.journal.recordMoment('HOLD_ENDING', `${heldUntil} ${lead}`);
    }
    const [row] = await rows<{ closedAt: string; decisionsBy: string | null }>(
      `SELECT iso_instant(promotes_until(competitions)) AS "closedAt", iso_instant(decisions_by) AS "decisionsBy"
       FROM competitions WHERE id = $1`,
      [this.competition.id],
    );
    const runs = (name: JobName) => jobs.some(({ job }) => job === name);
    if (runs('line-closed')) await this.journal.recordMoment('NOT_PROMOTED', row?.closedAt ?? '');
    if (runs('decisions-late')) await this.journal.recordMoment('DECISIONS_LATE', row?.decisionsBy ?? '');
  }

  private async perform(action: Action): Promise<void> {
    const { organizer, competition } = this;
    switch (action.type) {
      case 'register':
        await this.participant.join(this.persons[action.person] as Person, competition);
        return;
      case 'leave':
        await this.participant.leave(this.persons[action.person] as Person, competition);
        return;
      case 'confirm':
        await this.participant.confirm(this.persons[action.person] as Person, competition);
        return;
      case 'expire':
        await this.expire(await this.ownOf(action.person));
        return;
      case 'accept':
      case 'waitlist':
      case 'reject':
        await this.decide(await this.ownOf(action.person), action.type);
        return;
      case 'invite':
        await this.invitations.invite(organizer, competition, [this.emailOf(action.person)], {
          expiresAt: inHours(15).toISOString(),
        });
        return;
      case 'withdraw': {
        const open = await this.openInvitationOf(action.person);
        if (open) await this.invitations.withdraw(organizer, competition, [open.id]);
        return;
      }
      case 'redeem': {
        const open = await this.openInvitationOf(action.person);
        if (open) await this.invitations.redeem(this.persons[action.person] as Person, open.link);
        return;
      }
      case 'reinstate': {
        const own = await this.ownOf(action.person);
        if (own) await this.reinstate(own);
        return;
      }
      case 'remove': {
        const own = await this.ownOf(action.person);
        const path = `/api/competitions/${competition.id}/registrations/${own?.id}`;
        if (own) await del(api.url, path, { token: organizer.token, body: { reason: 'A reason' } });
        return;
      }
      case 'raise':
        await this.edit({ capacity: (await capacityOf(competition)) + 1 });
        return;
      case 'move':
        await this.announce({ startDate: new Date(START + ++this.edits * 60_000).toISOString() });
        return;
      case 'relocate': {
        const location = `Hall ${++this.edits}`;
        if (await this.announce({ location })) this.location = location;
        return;
      }
      case 'close':
        await rows(
          `UPDATE competitions SET reg_deadline = now() - interval '1 second', promote_until = now() - interval '1 second'
           WHERE id = $1`,
          [competition.id],
        );
        await runSchedule('deadlines');
        return;
      case 'delay':
        await rows(`UPDATE competitions SET decisions_by = clock_timestamp(), decisions_late_at = NULL WHERE id = $1`, [
          competition.id,
        ]);
        await runSchedule('deadlines');
        return;
      case 'reopen':
        await this.edit({ regDeadline: inHours(10).toISOString() });
        return;
      case 'cancel':
        await this.owner.cancel(organizer, competition);
        return;
      case 'remind':
        await rows(`UPDATE mailbox_messages SET created_at = created_at - interval '2 days' WHERE kind = 'HELD'`);
        for (const schedule of ['reminders', 'deadlines'] as const) await runSchedule(schedule);
        return;
    }
  }

  async reinstate({ id }: RegistrationRow): Promise<void> {
    await this.owner.reinstate(this.organizer, this.competition, id);
  }

  private emailOf(person: number): string {
    return (this.persons[person] as Person).email;
  }

  async openInvitationOf(person: number): Promise<{ id: string; link: string } | undefined> {
    const search = encodeURIComponent(this.emailOf(person));
    const { body } = await this.invitations.list(this.organizer, this.competition, `?search=${search}&state=open`);
    return body.items[0];
  }

  /** The latest registration of the person. */
  private async ownOf(person: number): Promise<RegistrationRow | undefined> {
    const { id } = this.persons[person] as Person;
    return (await registrationsOf(this.competition)).findLast(({ userId }) => userId === id);
  }

  private async decide(own: RegistrationRow | undefined, decision: string): Promise<void> {
    if (own === undefined) return;
    await rows(
      `SELECT d.* FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c,
              LATERAL decide_v1(c.id, ARRAY[$2::uuid], ARRAY[upper($3)], ARRAY['A reason'], $4) d`,
      [this.competition.id, own.id, decision, this.organizer.id],
    );
  }

  private async expire(own: RegistrationRow | undefined): Promise<void> {
    if (own?.status !== 'HELD') return;
    await rows(`UPDATE registrations SET held_until = now() - interval '5 seconds' WHERE id = $1`, [own.id]);
    await rows(
      `WITH due AS (UPDATE competitions SET next_expiry_at = now() - interval '2 seconds' WHERE id = $1 RETURNING id)
       SELECT settle_v1(id) FROM due`,
      [this.competition.id],
    );
  }

  private async announce(changes: object): Promise<boolean> {
    const { status, body } = await this.edit(changes);
    if (status === 200) this.journal.recordEdit(body.version);
    return status === 200;
  }

  private edit(changes: object) {
    return this.owner.edit(this.organizer, this.competition, changes);
  }
}

const capacityOf = async ({ id }: { id: string }) =>
  (await rows<{ capacity: number }>('SELECT capacity FROM competitions WHERE id = $1', [id]))[0]?.capacity ?? 0;

/** Some of the jobs, each at most once, in an order that has nothing to do with theirs. */
function pick(jobs: readonly PendingJob[], order: readonly number[]): PendingJob[] {
  const rest = [...jobs];
  return order.flatMap((n) => (rest.length === 0 ? [] : rest.splice(n % rest.length, 1)));
}

const person = fc.nat({ max: PEOPLE - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('register' as const), person }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('leave' as const), person }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), person }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('reinstate' as const), person }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('confirm' as const, 'expire' as const), person }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('accept' as const, 'accept' as const, 'waitlist' as const, 'reject' as const),
      person,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom('invite' as const, 'invite' as const, 'withdraw' as const, 'redeem' as const),
      person,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom('move' as const, 'relocate' as const, 'raise' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('close' as const, 'reopen' as const, 'remind' as const, 'delay' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      type: fc.constant('work' as const),
      order: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 }),
      twice: fc.boolean(),
    }),
  },
);
const scenario = fc.record({
  rules: fc.record({ applies: fc.boolean(), confirms: fc.boolean() }),
  capacity: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 20, size: 'max' }),
  rest: fc.array(fc.nat({ max: 20 }), { minLength: 30, maxLength: 30 }),
});

/** What is wrong, or null. */
async function play({
  rules,
  capacity,
  steps,
  rest,
}: {
  rules: Rules;
  capacity: number;
  steps: Step[];
  rest: number[];
}): Promise<string | null> {
  const story = await Story.begin(capacity, rules);
  for (const next of steps) {
    if (next.type === 'work') await story.work(pick(await pendingJobs(), next.order), next.twice);
    else await story.take(next);
    const problem = await story.journal.orderProblem();
    if (problem) return problem;
  }
  // The worker is back for good. Each job alone, and some enqueue others.
  for (let jobs = await pendingJobs(); jobs.length > 0; jobs = await pendingJobs())
    for (const job of pick(jobs, rest)) await story.work([job]);
  return (await story.journal.orderProblem()) ?? (await story.journal.truthProblem(story.location));
}

const RUNS = { numRuns: 60, interruptAfterTimeLimit: 40_000, seed: 20_261_126 };
const TEST_TIMEOUT_MS = 120_000;
const property = () =>
  fc.asyncProperty(scenario, async (generated) => {
    expect(await play(generated)).toBeNull();
  });

describe('the messages to one person about one competition', () => {
  it(
    'S12: are a part of what happened, in its order, and the last one is true, in whatever order the jobs run',
    async () => {
      await fc.assert(property(), RUNS);
      expect(await brokenJobInvariants()).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'sabotage of S12: without the numbers of the messages so far, they are out of order',
    async () => {
      await rows(`
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.messages_up_to := 0; RETURN NEW; END $$`);
      await rows('CREATE TRIGGER forget BEFORE UPDATE ON registrations FOR EACH ROW EXECUTE FUNCTION forget()');
      try {
        await expect(
          fc.assert(property(), { ...RUNS, endOnFailure: true, includeErrorInReport: true }),
        ).rejects.toThrow(/received \[/);
      } finally {
        await rows('DROP TRIGGER forget ON registrations');
      }
    },
    TEST_TIMEOUT_MS,
  );

  it('S12: a confirmation is not written after the cancellation, "waiting" not after the seat, "left" not after registering again', async () => {
    const story = await Story.begin(1);
    await story.take({ type: 'register', person: 0 });
    await story.take({ type: 'register', person: 1 });
    await story.take({ type: 'leave', person: 0 });
    await story.take({ type: 'register', person: 0 });
    await runAll((await pendingJobs()).reverse());
    expect(await outdatedJobs()).toEqual([{ job: 'confirmation' }, { job: 'waiting' }, { job: 'left' }]);
    const kinds = async () => (await messages(`competition_id = '${story.competition.id}'`)).map(({ kind }) => kind);
    expect(await kinds()).toEqual(['WAITING', 'PROMOTED']);

    await story.take({ type: 'raise' });
    await story.take({ type: 'cancel' });
    await runAll((await pendingJobs()).reverse());
    expect(await kinds()).toEqual(['WAITING', 'PROMOTED', 'COMPETITION_CANCELLED', 'COMPETITION_CANCELLED']);
    expect((await outdatedJobs()).at(-1)).toEqual({ job: 'confirmation' });
    expect(await rows('SELECT FROM failed_jobs')).toEqual([]);
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('S12: who was reinstated and leaves again is told so, also after a later registration that has ended', async () => {
    const story = await Story.begin(2);
    for (const type of ['register', 'leave'] as const) await story.take({ type, person: 0 });
    const [earlier] = await registrationsOf(story.competition);
    for (const type of ['register', 'leave'] as const) await story.take({ type, person: 0 });
    const late = (await pendingJobs()).at(-1) as PendingJob;
    expect(late.job).toBe('left');
    await story.reinstate(earlier as RegistrationRow);
    await runAll((await pendingJobs()).filter(({ id }) => id !== late.id));
    await story.take({ type: 'leave', person: 0 });
    await runAll((await pendingJobs()).filter(({ id }) => id !== late.id));
    const about = () => rows('SELECT kind, about_id AS about FROM mailbox_messages ORDER BY id DESC LIMIT 2');
    const latest = [
      { kind: 'LEFT', about: earlier?.id },
      { kind: 'CONFIRMED', about: earlier?.id },
    ];
    expect(await about()).toEqual(latest);
    // The end of the other registration was before that.
    await runAll([late]);
    expect(await about()).toEqual(latest);
  });

  it('S12: a later change does not hide an earlier one that is still to be told: the message is about both', async () => {
    const story = await Story.begin(1);
    await story.take({ type: 'register', person: 0 });
    await runAll(await pendingJobs());
    await story.take({ type: 'move' });
    await story.take({ type: 'relocate' });
    await runAll((await pendingJobs()).reverse());
    expect((await messages(`kind = 'COMPETITION_CHANGED'`)).map(({ title }) => title)).toEqual([
      `New date and location: ${story.competition.title}`,
    ]);
    expect(await outdatedJobs()).toEqual([{ job: 'changed' }]);
  });

  it('S12: jobs from before there were numbers are written when they are true and nothing newer was', async () => {
    const story = await Story.begin(1);
    for (const person of [0, 1]) await story.take({ type: 'register', person });
    await story.take({ type: 'relocate' });
    await rows('UPDATE outbox SET number = 0');
    await runAll(await pendingJobs());
    expect((await messages()).map(({ kind }) => kind)).toEqual([
      'CONFIRMED',
      'WAITING',
      'COMPETITION_CHANGED',
      'COMPETITION_CHANGED',
    ]);

    await story.take({ type: 'relocate' });
    await runAll(await pendingJobs());
    const [late] = await rows<PendingJob>(
      `INSERT INTO outbox (queue, job, payload, number)
       SELECT queue, job, payload || '{"version": 9}', 0 FROM outbox WHERE job = 'changed' LIMIT 1 RETURNING id, job, payload`,
    );
    await runAll([late as PendingJob]);
    expect(await outdatedJobs()).toEqual([{ job: 'changed' }]);
  });

  it('S12: is reminded of a date again that has moved away and back', async () => {
    const story = await Story.begin(1);
    await story.take({ type: 'register', person: 0 });
    await runAll(await pendingJobs());
    await story.take({ type: 'remind' });
    await rows(`UPDATE competitions SET start_date = start_date + interval '1 hour'`);
    await runAll(await pendingJobs());
    expect(await outdatedJobs()).toEqual([{ job: 'notify' }]);
    await rows(`UPDATE competitions SET start_date = start_date - interval '1 hour'`);
    await story.take({ type: 'remind' });
    await runAll(await pendingJobs());
    expect(await messages(`kind = 'REMINDER'`)).toHaveLength(1);
    expect(await outdatedJobs()).toEqual([]);
  });

  it('S12: a message about a new registration waits while one about the earlier registration is being written', async () => {
    const story = await Story.begin(2);
    for (const type of ['register', 'leave', 'register'] as const) await story.take({ type, person: 0 });
    await story.take({ type: 'register', person: 1 });
    const [earlier] = await registrationsOf(story.competition);
    const [, left, again, other] = (await pendingJobs()) as [PendingJob, PendingJob, PendingJob, PendingJob];
    expect([left.job, again.job]).toEqual(['left', 'confirmation']);
    const writer = await testPool().connect();
    await writer.query('BEGIN');
    await writer.query('SELECT FROM registrations WHERE id = $1 FOR NO KEY UPDATE', [earlier?.id]);
    const isWaiting = () =>
      rows(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    // A batch leaves it out, and then it waits alone.
    const running = runTogether(worker.app, [again, other]);
    await eventually(isWaiting, (found) => found.length === 1);
    expect((await messages()).map(({ userId }) => userId)).toEqual([story.persons[1]?.id]);
    await writer.query('COMMIT');
    writer.release();
    await running;
    await runAll([left]);
    expect((await messages()).map(({ kind }) => kind)).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect((await outdatedJobs()).map(({ job }) => job)).toEqual(['left']);
  });

  it.each<['withdrawn' | 'sent', ActionOfOne[], JobName]>([
    ['withdrawn', ['invite', 'withdraw'], 'invitation-withdrawn'],
    ['sent', ['invite'], 'invited'],
  ])('S12: that an invitation was %s is not written after the seat that the person has got', async (_, before, job) => {
    const story = await Story.begin(2);
    for (const type of before) await story.take({ type, person: 0 });
    await story.take({ type: 'register', person: 0 });
    const late = (await pendingJobs()).find((pending) => pending.job === job) as PendingJob;
    await runAll((await pendingJobs()).filter(({ id }) => id !== late.id));
    await runAll([late]);
    expect((await messages()).map(({ kind }) => kind)).toEqual(['CONFIRMED']);
    expect(await outdatedJobs()).toContainEqual({ job });
  });

  it('S12: what became of a registration is written before the invitation that came after it', async () => {
    const story = await Story.begin(1);
    await story.take({ type: 'register', person: 0 });
    await runAll(await pendingJobs());
    await story.take({ type: 'remove', person: 0 });
    await story.take({ type: 'invite', person: 0 });
    await runAll((await pendingJobs()).reverse());
    expect((await messages()).map(({ kind }) => kind)).toEqual(['CONFIRMED', 'REMOVED', 'INVITED']);
  });

  it('S12: an invitation is written although the person has learned of the waitlist meanwhile', async () => {
    const story = await Story.begin(2);
    for (const [type, person] of [
      ['register', 1],
      ['invite', 0],
      ['register', 0],
    ] as const)
      await story.take({ type, person });
    await runAll((await pendingJobs()).reverse());
    const kinds = (await messages(`user_id = '${story.persons[0]?.id}'`)).map(({ kind }) => kind);
    expect(kinds).toEqual(['WAITING', 'INVITED']);
  });

  it('S12: an invitation is not withdrawn while the message about it is being written', async () => {
    const story = await Story.begin(1);
    await story.take({ type: 'invite', person: 0 });
    const writer = await testPool().connect();
    await writer.query('BEGIN');
    await writer.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [story.persons[0]?.id]);
    const waiting = (count: number) =>
      eventually(
        () => rows(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`),
        (found) => found.length === count,
      );
    // It has read the invitation, and waits for the person's row.
    const writing = runAll(await pendingJobs());
    await waiting(1);
    const withdrawing = story.take({ type: 'withdraw', person: 0 });
    await waiting(2);
    await writer.query('COMMIT');
    writer.release();
    await Promise.all([writing, withdrawing]);
    await runAll(await pendingJobs());
    expect((await messages()).map(({ kind }) => kind)).toEqual(['INVITED', 'INVITATION_WITHDRAWN']);
  });

  it('S12: of two invitations, the end of the earlier one is not written after that of the later one', async () => {
    const story = await Story.begin(1);
    for (const type of ['invite', 'withdraw', 'invite', 'withdraw'] as const) await story.take({ type, person: 0 });
    await runAll((await pendingJobs()).reverse());
    expect((await messages()).map(({ kind }) => kind)).toEqual(['INVITATION_WITHDRAWN']);
  });
});
