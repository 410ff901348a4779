import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, vi } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import type { Handler, JobHandlers, Run } from '../../src/platform/queue/handler.js';
import { JOB_HANDLERS } from '../../src/platform/queue/job-runner.js';
import { JOBS, type JobName, type Payload } from '../../src/registry/jobs.js';
import { testPool } from './database.js';
import { eventually } from './eventually.js';
import { rows } from './queries.js';

/** Adds a job to the outbox, as a feature does. Returns the id of its row. */
export async function enqueue<Name extends JobName>(job: Name, payload: Payload<Name>): Promise<string> {
  const [row] = await rows<{ id: string }>(
    `WITH added AS (INSERT INTO outbox (queue, job, payload) VALUES ($1, $2, $3) RETURNING id),
          notified AS (SELECT pg_notify('outbox', '') FROM added)
     SELECT id FROM added, notified`,
    [JOBS[job].queue, job, payload],
  );
  return row?.id ?? '';
}

/** Runs a handler of the worker without the queue: twice at the same time, or against a sabotaged database. */
export async function runJob<Name extends JobName>(
  app: NestFastifyApplication,
  job: Name,
  outboxId: string,
  payload: Payload<Name>,
): Promise<void> {
  await runJobOf(featuresOf(app), job, outboxId, payload);
}

/** The same with the jobs of features that are not in a worker. */
export async function runJobOf<Name extends JobName>(
  features: readonly JobHandlers[],
  job: Name,
  outboxId: string,
  payload: Payload<Name>,
): Promise<void> {
  const handler = handlerOf(features, job);
  const run = runOf(outboxId, payload);
  if ('single' in handler) await handler.single(run);
  else await handler.batched([run]);
}

const runOf = (outboxId: string, payload: Payload<JobName>): Run => ({
  outboxId,
  payload,
  starts: 1,
  stopping: new AbortController().signal,
});

const featuresOf = (app: NestFastifyApplication) => app.get<readonly JobHandlers[]>(JOB_HANDLERS, { strict: false });

function handlerOf(features: readonly JobHandlers[], job: JobName): Handler {
  const handler = features.flatMap(({ handlers }) => handlers).find((candidate) => candidate.job === job);
  if (handler === undefined) throw new Error(`There is no handler for ${job}`);
  return handler;
}

/**
 * The second batch of messages of this kind fails after the first one has committed, as if the worker was killed between
 * them, until the returned function is called.
 */
export async function killAfterFirstBatch(kind: string, { id }: { readonly id: string }): Promise<() => Promise<void>> {
  await rows(`
    CREATE OR REPLACE FUNCTION refuse_second_batch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT count(*) FROM mailbox_messages WHERE kind = '${kind}' AND competition_id = '${id}') > 500
      THEN RAISE EXCEPTION 'killed'; END IF;
      RETURN NULL;
    END $$`);
  await rows('CREATE TRIGGER refuse AFTER INSERT ON mailbox_messages EXECUTE FUNCTION refuse_second_batch()');
  return async () => {
    await rows('DROP TRIGGER refuse ON mailbox_messages');
  };
}

/** Rows of the outbox that are not settled yet. */
export async function countUnsettled(job?: string): Promise<number> {
  const [row] = await rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL AND job = coalesce($1, job)`,
    [job ?? null],
  );
  return row?.n ?? 0;
}

/** Makes pending acts due now, as if the time for an undo had passed. */
export async function passUndoTime({ id }: { readonly id: string }): Promise<void> {
  await rows(
    `WITH act AS (
       -- The lock first, as the product takes it, or the two could deadlock.
       UPDATE pending_acts SET due_at = now()
       FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) c WHERE competition_id = c.id
       RETURNING outbox_id),
          due AS (UPDATE outbox SET due_at = now() WHERE id IN (SELECT outbox_id FROM act) AND settled_at IS NULL)
     SELECT pg_notify('outbox', '')`,
    [id],
  );
}

export const allJobsSettled = (timeoutMs?: number) => eventually(countUnsettled, (n) => n === 0, timeoutMs);

/** Violations of the invariants about jobs and messages. */
export async function brokenJobInvariants(): Promise<string[]> {
  const violations = await checkInvariants(testPool());
  return violations
    .filter(({ id }) => ['I6', 'I7', 'I8'].includes(id))
    .map(({ id, rule, rows }) => `${id} ${rule}: ${rows.length} rows`);
}

/** No invariant is violated anymore once all jobs have run, and none of them failed. */
export async function expectNothingBroken(): Promise<void> {
  const violations = () => checkInvariants(testPool());
  await vi.waitFor(async () => expect(await violations()).toEqual([]), { timeout: 15_000, interval: 100 });
  expect(await rows('SELECT job, error FROM failed_jobs')).toEqual([]);
}

interface Job {
  readonly id: string;
  readonly job: JobName;
  readonly payload: Payload<JobName>;
}

/** Runs jobs of one kind as the worker does: in a batch if the kind has batches, and what the batch left out alone. */
export async function runTogether(app: NestFastifyApplication, jobs: readonly Job[]): Promise<void> {
  const [first] = jobs;
  if (first === undefined) return;
  const handler = handlerOf(featuresOf(app), first.job);
  const runs = jobs.map(({ id, payload }) => runOf(id, payload));
  const settled = 'batched' in handler && runs.length > 1 ? await handler.batched(runs) : new Map<string, unknown>();
  for (const { id, payload } of jobs) if (!settled.has(id)) await runJob(app, first.job, id, payload);
}
