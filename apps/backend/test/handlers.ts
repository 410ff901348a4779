import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JobHandlers } from '../src/platform/queue/handler.js';
import { JOB_HANDLERS } from '../src/platform/queue/job-runner.js';
import { JOBS, type JobName, type Payload } from '../src/registry/jobs.js';
import { rows } from './jobs.js';

/** Enqueues a job as a feature does; answers its outbox id. */
export async function enqueue<Name extends JobName>(job: Name, payload: Payload<Name>): Promise<string> {
  const [row] = await rows<{ id: string }>(
    `WITH added AS (INSERT INTO outbox (queue, job, payload) VALUES ($1, $2, $3) RETURNING id),
          woken AS (SELECT pg_notify('outbox', '') FROM added)
     SELECT id FROM added, woken`,
    [JOBS[job].queue, job, payload],
  );
  return row?.id ?? '';
}

/** Runs a handler of a worker by hand, as the queue would: to run it twice at once, or against a sabotaged database. */
export async function runJob<Name extends JobName>(
  app: NestFastifyApplication,
  job: Name,
  outboxId: string,
  payload: Payload<Name>,
): Promise<void> {
  const features = app.get<readonly JobHandlers[]>(JOB_HANDLERS, { strict: false });
  const handler = features.flatMap(({ handlers }) => handlers).find((one) => one.job === job);
  if (handler === undefined) throw new Error(`no handler for ${job}`);
  const run = { outboxId, payload, starts: 1, stopping: new AbortController().signal };
  if ('alone' in handler) await handler.alone(run);
  else await handler.together([run]);
}
