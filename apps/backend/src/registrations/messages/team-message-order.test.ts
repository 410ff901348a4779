import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { testPool } from '../../../test/support/database.js';
import { type CompetitionRow, inHours, type Person, people } from '../../../test/support/factories.js';
import { brokenJobInvariants, enqueue, expectNothingBroken, runJob, runTogether } from '../../../test/support/jobs.js';
import { groupBy } from '../../../test/support/message-journal.js';
import { aTeam, endMembership, joinTeam, type NamedTeam, registerTeam } from '../../../test/support/named-teams.js';
import { rows } from '../../../test/support/queries.js';
import { rewriteStatements, sabotage, untilWaiting, withoutKeyOfMessages } from '../../../test/support/sabotage.js';
import { aTeamCompetition } from '../../../test/support/teams.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import type { JobName, Payload } from '../../registry/jobs.js';

const PEOPLE = 4;

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
  for (const table of ['outbox', 'mailbox_messages', 'registrations']) await rows(`DELETE FROM ${table}`);
  await rows(
    'UPDATE competitions SET seats_left = capacity, waiting = 0, waiting_extra_seats = 0, deleted_at = coalesce(deleted_at, now())',
  );
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await worker?.close();
  await api?.close();
});

const pendingJobs = () =>
  rows<PendingJob>(
    `SELECT id, job, payload FROM outbox WHERE settled_at IS NULL AND queue = 'registration' ORDER BY number`,
  );
const run = async ({ id, job, payload }: PendingJob) => runJob(worker.app, job, id, payload);
const kindsOf = async ({ id }: Person) =>
  (await rows<{ kind: string }>('SELECT kind FROM mailbox_messages WHERE user_id = $1 ORDER BY id', [id])).map(
    ({ kind }) => kind,
  );

/**
 * The number of the change that each message is about, in the order in which its reader got them: a message names the job
 * that enqueued it by what it is about.
 */
const numbersOf = () =>
  rows<{ userId: string; kind: string; number: number | null }>(`
    SELECT m.user_id AS "userId", m.kind, coalesce(
      (SELECT o.number FROM outbox o WHERE o.id::text = m.occurrence),
      (SELECT o.number FROM outbox o
       WHERE o.payload = jsonb_build_object('memberId', m.about_id) AND o.job = CASE m.kind WHEN 'TEAM_JOINED' THEN 'team-joined' ELSE 'team-left' END),
      (SELECT o.number FROM outbox o
       WHERE o.payload = jsonb_build_object('registrationId', m.about_id) AND o.job = CASE
         WHEN m.kind IN ('CONFIRMED', 'PROMOTED') THEN 'confirmation' ELSE lower(m.kind::text) END)
    )::float8 AS number
    FROM mailbox_messages m ORDER BY m.id`);

/** What is wrong with the order of the messages so far; null if nothing. */
async function orderProblem(): Promise<string | null> {
  for (const messages of groupBy(await numbersOf(), ({ userId }) => userId).values()) {
    const numbers = messages.map(({ number }) => number);
    const isOrdered = numbers.every((number, n) => number !== null && (n === 0 || number > (numbers[n - 1] ?? 0)));
    if (!isOrdered) return `received ${messages.map(({ kind, number }) => `${kind} ${number}`).join(', ')}`;
  }
  return null;
}

/** With all jobs done: whether the last message about their place says where each person is. */
const untold = () =>
  rows(`
    SELECT m.id, r.status, latest.kind FROM team_members m
    LEFT JOIN registrations r ON r.team_id = m.team_id AND r.status <> 'CANCELLED'
    LEFT JOIN LATERAL (
      SELECT kind, about_id FROM mailbox_messages WHERE user_id = m.user_id AND kind NOT IN ('TEAM_CHANGED', 'TEAM_BELOW_MINIMUM')
      ORDER BY id DESC LIMIT 1
    ) latest ON true
    WHERE m.left_at IS NULL AND r.id IS NOT NULL AND NOT (
      latest.kind = 'TEAM_JOINED' AND latest.about_id = m.id
      OR latest.about_id = r.id AND latest.kind = ANY (
        CASE r.status WHEN 'WAITLISTED' THEN '{WAITING}' ELSE '{CONFIRMED,PROMOTED}' END::"MessageKind"[])
    ) IS TRUE`);

type Act = { readonly type: 'join' | 'leave' | 'remove'; readonly team: number; readonly person: number };
type ActOfTeam = { readonly type: 'register' | 'withdraw'; readonly team: number };
type Work = { readonly type: 'work'; readonly order: readonly number[]; readonly twice: boolean };
type Step = Act | ActOfTeam | Work;

/** Two teams of one competition with three seats, and people who come, go, and change over. */
class Story {
  private constructor(
    readonly competition: CompetitionRow,
    readonly persons: readonly Person[],
    readonly teams: NamedTeam[],
  ) {}

  static async begin(): Promise<Story> {
    const competition = await aTeamCompetition({ capacity: 3, startDate: inHours(100), teamMin: 2 });
    const persons = await people(PEOPLE);
    const teams = [await aTeam(competition, persons.slice(0, 1)), await aTeam(competition, persons.slice(1, 2))];
    return new Story(competition, persons, teams);
  }

  async take(step: Step): Promise<void> {
    if (step.type === 'work') return this.work(pick(await pendingJobs(), step.order), step.twice);
    const team = this.teams[step.team] as NamedTeam;
    switch (step.type) {
      case 'join':
        await joinTeam(team, this.persons[step.person] as Person);
        return;
      case 'leave':
        await endMembership(team, this.persons[step.person] as Person, 'LEFT');
        return;
      case 'remove':
        await endMembership(team, this.persons[step.person] as Person, 'REMOVED');
        return;
      case 'register': {
        const [row] = await rows<{ id: string }>('SELECT captain_id AS id FROM teams WHERE id = $1', [team.id]);
        const captain = this.persons.find(({ id }) => id === row?.id) as Person;
        await registerTeam({ ...team, captain }, { join: true }).catch(() => {});
        return;
      }
      case 'withdraw':
        await rows(
          `SELECT end_registrations_v1(ARRAY[r.id], 'LEFT', NULL, NULL)
           FROM registrations r, LATERAL (SELECT FROM competitions WHERE id = r.competition_id FOR NO KEY UPDATE) c
           WHERE r.team_id = $1 AND r.status <> 'CANCELLED'`,
          [team.id],
        );
        return;
    }
  }

  /** Those of one kind in a batch, as the worker does, and the others beside them. */
  async work(jobs: readonly PendingJob[], twice = false): Promise<void> {
    const byName = [...groupBy(jobs, ({ job }) => job).values()];
    for (let n = 0; n < (twice ? 2 : 1); n++) await Promise.all(byName.map((batch) => runTogether(worker.app, batch)));
  }
}

function pick(jobs: readonly PendingJob[], order: readonly number[]): PendingJob[] {
  const rest = [...jobs];
  return order.flatMap((n) => (rest.length === 0 ? [] : rest.splice(n % rest.length, 1)));
}

const team = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom('join' as const, 'join' as const, 'leave' as const, 'remove' as const),
      team,
      person: fc.nat({ max: PEOPLE - 1 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('register' as const, 'register' as const, 'withdraw' as const),
      team,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('work' as const),
      order: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 }),
      twice: fc.boolean(),
    }),
  },
);
const scenario = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 18, size: 'max' }),
  rest: fc.array(fc.nat({ max: 20 }), { minLength: 40, maxLength: 40 }),
});

async function play({ steps, rest }: { steps: Step[]; rest: number[] }): Promise<string | null> {
  const story = await Story.begin();
  for (const next of steps) await story.take(next);
  for (let jobs = await pendingJobs(); jobs.length > 0; jobs = await pendingJobs())
    for (const job of pick(jobs, rest)) await story.work([job]);
  const problem = await orderProblem();
  if (problem !== null) return problem;
  const wrong = await untold();
  return wrong.length > 0 ? `not told ${JSON.stringify(wrong)}` : null;
}

const RUNS = { numRuns: 40, interruptAfterTimeLimit: 30_000, seed: 20_261_127 };
const TEST_TIMEOUT_MS = 120_000;

describe('the messages to the members of two teams', () => {
  it(
    'TM-23: are in the order of what happened, and the last one is true, in whatever order the jobs run',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenario, async (generated) => {
          expect(await play(generated)).toBeNull();
          await expectNothingBroken();
        }),
        RUNS,
      );
    },
    TEST_TIMEOUT_MS,
  );

  /** In a team, out of it, in another one, and out of that. */
  async function changedOver() {
    const competition = await aTeamCompetition();
    const [a, b, person] = (await people(3)) as [Person, Person, Person];
    const first = await aTeam(competition, [a, person]);
    const second = await aTeam(competition, [b]);
    await endMembership(first, person, 'LEFT');
    await joinTeam(second, person);
    await endMembership(second, person, 'REMOVED');
    for (const job of (await pendingJobs()).reverse()) await run(job);
    return kindsOf(person);
  }

  it('TM-23: who left one team and was removed from another gets a message about the later end, and not of the earlier one after it', async () => {
    expect(await changedOver()).toEqual(['REMOVED']);
    expect(await orderProblem()).toBeNull();
  });

  it('sabotage of TM-23: if each membership had an order of its own, the earlier end would come after the later one', async () => {
    rewriteStatements((text) =>
      text.replace(
        'WHERE user_id = member.user_id AND competition_id = member.competition_id',
        'WHERE id = member.member_id',
      ),
    );
    expect(await changedOver()).toEqual(['REMOVED', 'LEFT']);
    expect(await orderProblem()).toMatch(/^received/);
  });

  async function confirmedTwice() {
    const competition = await aTeamCompetition();
    const members = await people(3);
    await registerTeam(await aTeam(competition, members));
    const [job] = (await pendingJobs()) as [PendingJob];
    for (let n = 0; n < 2; n++) {
      await rows('UPDATE outbox SET settled_at = NULL WHERE id = $1', [job.id]);
      await run(job);
    }
    return (await Promise.all(members.map(kindsOf))).map((kinds) => kinds.length);
  }

  it('TM-20: a job that runs twice writes one message to each member', async () => {
    expect(await confirmedTwice()).toEqual([1, 1, 1]);
  });

  it('sabotage of TM-20: without the key of messages, each member has two', async () => {
    expect(await withoutKeyOfMessages(confirmedTwice)).toEqual([2, 2, 2]);
  });

  /** Somebody has joined a team whose confirmation is still to be written, and the job about that runs first. */
  async function joinedBeforeConfirmation() {
    const competition = await aTeamCompetition();
    const [captain, joining] = (await people(2)) as [Person, Person];
    const owls = await aTeam(competition, [captain]);
    await registerTeam(owls);
    await joinTeam(owls, joining);
    for (const job of (await pendingJobs()).reverse()) await run(job);
    return { captain: await kindsOf(captain), joining: await kindsOf(joining) };
  }

  it('TM-23: a message about the team writes first what has become of its registration, and not to who joined later', async () => {
    expect(await joinedBeforeConfirmation()).toEqual({
      captain: ['CONFIRMED', 'TEAM_CHANGED'],
      joining: ['TEAM_JOINED'],
    });
    await expectNothingBroken();
  });

  it('sabotage of TM-23: if it did not, the captain would never learn that the team is in', async () => {
    rewriteStatements((text) => text.replace('AND job = ANY ($3)', 'AND job <> ALL ($3)'));
    expect((await joinedBeforeConfirmation()).captain).toEqual(['TEAM_CHANGED']);
    expect(await brokenJobInvariants()).toEqual([expect.stringContaining('I7')]);
  });

  it('sabotage of TM-23: if joining had no number, who joins would be told of what happened before', async () => {
    await sabotage('join_team_v2', 'SET messages_up_to = v_number', 'SET messages_up_to = 0');
    try {
      expect((await joinedBeforeConfirmation()).joining).toEqual(['CONFIRMED', 'TEAM_JOINED']);
    } finally {
      await sabotage('join_team_v2', 'SET messages_up_to = 0', 'SET messages_up_to = v_number');
    }
  });

  /** The captain has left, and the job that tells who is captain now runs first. */
  async function successorBeforeLeaving() {
    const competition = await aTeamCompetition();
    const [captain, successor, third] = (await people(3)) as [Person, Person, Person];
    await rows('UPDATE users SET name = $2 WHERE id = $1', [captain.id, 'Ada']);
    const owls = await aTeam(competition, [captain, successor, third]);
    await work();
    await rows('DELETE FROM mailbox_messages');
    await endMembership(owls, captain, 'LEFT');
    await work();
    return { captain: await kindsOf(captain), successor: await titlesOf(successor), third: await titlesOf(third) };
  }
  const work = async () => {
    for (const job of (await pendingJobs()).reverse()) await run(job);
  };
  const titlesOf = async ({ id }: Person) =>
    (await rows<{ title: string }>('SELECT title FROM mailbox_messages WHERE user_id = $1 ORDER BY id', [id])).map(
      ({ title }) => title,
    );

  it('TM-23: what happened in the team before is told first, whichever job runs first', async () => {
    expect(await successorBeforeLeaving()).toEqual({
      captain: ['LEFT'],
      successor: [expect.stringMatching('^Ada left'), expect.stringMatching('^You’re the captain')],
      third: [expect.stringMatching('^Ada left'), expect.stringMatching('is the captain')],
    });
    expect(await orderProblem()).toBeNull();
    await expectNothingBroken();
  });

  it('sabotage of TM-23: otherwise nobody would learn that the captain has left', async () => {
    rewriteStatements((text) => text.replace('o.number <= own.number', 'o.number = own.number'));
    expect((await successorBeforeLeaving()).successor).toEqual([expect.stringMatching('^You’re the captain')]);
  });

  /** The members to whom the confirmation was addressed have left before it is written. */
  async function membersChanged() {
    const competition = await aTeamCompetition();
    const [captain, joining] = (await people(2)) as [Person, Person];
    const owls = await aTeam(competition, [captain]);
    await registerTeam(owls);
    await joinTeam(owls, joining);
    await endMembership(owls, captain, 'LEFT');
    for (const job of await pendingJobs()) await run(job);
    const [registration] = await rows<{ status: string }>('SELECT status FROM registrations');
    return { status: registration?.status, joining: await kindsOf(joining) };
  }

  it('TM-23: a team whose members have all joined since then is confirmed without a message', async () => {
    expect(await membersChanged()).toEqual({
      status: 'CONFIRMED',
      joining: ['TEAM_JOINED', 'TEAM_CHANGED', 'TEAM_CHANGED'],
    });
    await expectNothingBroken();
  });

  it('sabotage of TM-23: without that, its seats would never be confirmed', async () => {
    rewriteStatements((text) => text.replace(`AND status = 'PENDING'`, `AND status = 'HELD'`));
    expect((await membersChanged()).status).toBe('PENDING');
  });

  it('TM-23: a reminder does not hide from who has just joined that they are in', async () => {
    const competition = await aTeamCompetition({ startDate: inHours(20) });
    const [captain, joining] = (await people(2)) as [Person, Person];
    const owls = await aTeam(competition, [captain]);
    const registrationId = await registerTeam(owls);
    await Promise.all((await pendingJobs()).map(run));
    await joinTeam(owls, joining);
    const [{ startDate }] = (await rows(
      'SELECT iso_instant(start_date) AS "startDate" FROM competitions WHERE id = $1',
      [competition.id],
    )) as [{ startDate: string }];
    const reminder = { registrationId, startDate };
    await run({ id: await enqueue('notify', reminder), job: 'notify', payload: reminder });
    await Promise.all((await pendingJobs()).map(run));
    expect(await kindsOf(captain)).toEqual(['CONFIRMED', 'REMINDER']);
    expect(await kindsOf(joining)).toEqual(['TEAM_JOINED']);
    await expectNothingBroken();
  });

  /** A message to a team is being written, and somebody leaves: whether the writer gets the locks that it needs. */
  async function leavesMeanwhile() {
    const competition = await aTeamCompetition();
    const [captain, leaving] = (await people(2)) as [Person, Person];
    const owls = await aTeam(competition, [captain, leaving]);
    const registrationId = await registerTeam(owls);
    const writer = await testPool().connect();
    try {
      await writer.query('BEGIN');
      await writer.query('SELECT FROM registrations WHERE id = $1 FOR NO KEY UPDATE', [registrationId]);
      const left = endMembership(owls, leaving, 'LEFT');
      await untilWaiting('transactionid');
      const locked = await writer
        .query('SELECT FROM team_members WHERE team_id = $1 FOR NO KEY UPDATE NOWAIT', [owls.id])
        .then(
          () => true,
          () => false,
        );
      await writer.query('ROLLBACK');
      await left;
      return locked;
    } finally {
      writer.release();
    }
  }

  it('TM-23: who leaves while a message to the team is being written holds no lock that the message needs', async () => {
    expect(await leavesMeanwhile()).toBe(true);
  });

  it('sabotage of TM-23: if leaving locked the membership before the registration, the two could wait for each other', async () => {
    const lock =
      "SELECT * INTO v_registration FROM registrations WHERE team_id = v_team.id AND status <> 'CANCELLED' FOR NO KEY UPDATE;";
    await sabotage('leave_team_v1', lock, '');
    await sabotage('leave_team_v1', 'SELECT * INTO v_competition', `${lock} SELECT * INTO v_competition`);
    expect(await leavesMeanwhile()).toBe(false);
  });
});
