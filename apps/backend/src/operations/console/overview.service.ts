import { type Translator, translatorFor } from '@mini-compete/messages/translator';
import type { JobsOverview, QueueState, ScheduledRun } from '@mini-compete/shared/admin';
import type { Language } from '@mini-compete/shared/languages';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { BACKEND, type QueueBackend } from '../../platform/queue/backend.js';
import { messageOf } from '../../platform/queue/errors.js';
import { isFailure, outcomeText } from '../../platform/queue/run-outcome.js';
import { isOverdue } from '../../platform/scheduler/slots.js';
import { Clock } from '../../platform/time/clock.js';
import { QUEUES } from '../../registry/jobs.js';
import { schedules } from '../../registry/schedules.js';

interface Numbers {
  unsettled: number;
  outdated: number;
  oldestAt: string | null;
  oldestSeconds: number;
  failed: number;
  unknown: number;
  workerSeenAt: string | null;
  workerSeconds: number | null;
}

type LastRun = Omit<ScheduledRun, 'overdue'> & { lastDone: Date | null; since: Date };

const MAX_HEARTBEAT_AGE_S = 60;
const MAX_JOB_AGE_S = 300;
const QUEUE_TIMEOUT_MS = 2_000;

/** The console's first page: numbers, and a warning for everything that does not make progress. */
@Injectable()
export class Overview {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    @Inject(BACKEND) private readonly backend: QueueBackend,
    private readonly clock: Clock,
  ) {}

  /** The warnings are sentences in `language`. */
  async read(language: Language): Promise<JobsOverview> {
    const t = translatorFor(language, 'console');
    const [numbers, queues, runs] = await Promise.all([this.numbers(), this.queues(t), this.lastRuns()]);
    const { unsettled, outdated, oldestAt, failed, unknown, workerSeenAt } = numbers;
    return {
      backend: this.backend.kind,
      answers: queues.error === null,
      warnings: [...warningsOf(numbers, runs, language, t), ...queues.warnings],
      outbox: { unsettled, oldestAt, outdated },
      queues: queues.states,
      failed,
      unknown,
      runs: runs.map((run) => inLanguage(language, run)),
      workerSeenAt,
    };
  }

  /** The last run of each schedule, with its outcome in `language`. */
  async runs(language: Language): Promise<ScheduledRun[]> {
    return (await this.lastRuns()).map((run) => inLanguage(language, run));
  }

  private async lastRuns(): Promise<ScheduledRun[]> {
    const entries = schedules(this.env);
    const { rows } = await this.pool.query<LastRun>(LAST_RUNS, [
      entries.map(({ cron }) => cron),
      entries.map(({ job }) => job),
    ]);
    return rows.map(({ lastDone, since, ...run }) => ({
      ...run,
      overdue: isOverdue(run.schedule, lastDone, since, this.clock.now()),
    }));
  }

  private async counts(): Promise<Record<string, number>[]> {
    await this.backend.prepare();
    return Promise.all(
      QUEUES.map((name) => this.backend.queue(name).getJobCounts('waiting', 'active', 'delayed', 'failed')),
    );
  }

  private async numbers(): Promise<Numbers> {
    const { rows } = await this.pool.query<Numbers>(NUMBERS);
    return rows[0] as Numbers;
  }

  private async queues(
    t: Translator<'console'>,
  ): Promise<{ states: QueueState[]; error: string | null; warnings: string[] }> {
    const { rows: pauses } = await this.pool.query<{ queue: string; reason: string; resumesAt: string }>(
      `SELECT queue, reason, iso_instant(resumes_at) AS "resumesAt" FROM queue_rests WHERE resumes_at > now()`,
    );
    let error: string | null = null;
    const counts = await Promise.race([
      this.counts(),
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer')), QUEUE_TIMEOUT_MS).unref()),
    ]).catch((thrown) => {
      error = messageOf(thrown);
      return [];
    });
    const states = QUEUES.map((name, i): QueueState => {
      const pause = pauses.find(({ queue }) => queue === name);
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts[i] ?? {};
      return {
        name,
        ...{ waiting, active, delayed, failed },
        paused: pause !== undefined,
        pausedReason: pause?.reason ?? null,
        resumesAt: pause?.resumesAt ?? null,
      };
    });
    const warnings = states
      .filter(({ paused }) => paused)
      .map(({ name, pausedReason }) => t('warning.queuePaused', { name, reason: pausedReason ?? '' }));
    if (error !== null) warnings.push(t('warning.queueSilent', { error }));
    return { states, error, warnings };
  }
}

const inLanguage = (language: Language, run: ScheduledRun): ScheduledRun => ({
  ...run,
  outcome: run.outcome === null ? null : outcomeText(language, run.outcome),
});

function warningsOf(
  numbers: Numbers,
  runs: readonly ScheduledRun[],
  language: Language,
  t: Translator<'console'>,
): string[] {
  const warnings: string[] = [];
  const { workerSeconds, unsettled, oldestSeconds } = numbers;
  if (workerSeconds === null) warnings.push(t('warning.noWorker'));
  else if (workerSeconds > MAX_HEARTBEAT_AGE_S)
    warnings.push(t('warning.workerSilent', { minutes: Math.round(workerSeconds / 60) }));
  if (oldestSeconds > MAX_JOB_AGE_S)
    warnings.push(t('warning.backlog', { count: unsettled, minutes: Math.round(oldestSeconds / 60) }));
  for (const { name, overdue, outcome } of runs) {
    if (overdue) warnings.push(t('warning.overdue', { name }));
    if (outcome !== null && isFailure(outcome))
      warnings.push(t('warning.runFailed', { name, outcome: outcomeText(language, outcome) }));
  }
  return warnings;
}

const NUMBERS = `
  SELECT o.n::int AS unsettled, iso_instant(o.oldest) AS "oldestAt",
         coalesce(extract(epoch FROM now() - o.oldest), 0)::float AS "oldestSeconds",
         (SELECT count(*)::int FROM outbox WHERE outdated AND settled_at > now() - interval '1 day') AS outdated,
         (SELECT count(*)::int FROM failed_jobs WHERE settled_at IS NULL) AS failed,
         (SELECT count(*)::int FROM mailbox_messages WHERE delivery = 'UNKNOWN') AS unknown,
         iso_instant(w.seen) AS "workerSeenAt", extract(epoch FROM now() - w.seen)::float AS "workerSeconds"
  FROM (SELECT count(*) AS n, min(created_at) AS oldest FROM outbox WHERE settled_at IS NULL) o,
       (SELECT max(seen_at) AS seen FROM worker_heartbeats) w`;

/** `since`: a schedule without a successful run is overdue counted from the creation of the database. */
const LAST_RUNS = `
  SELECT n.name, n.schedule, iso_instant(l.slot) AS slot, iso_instant(l.started_at) AS "startedAt",
         iso_instant(l.finished_at) AS "finishedAt", l.outcome,
         (SELECT max(slot) FROM scheduled_runs r
          WHERE r.name = n.name AND r.finished_at IS NOT NULL AND r.outcome NOT LIKE 'failed%') AS "lastDone",
         (SELECT min(finished_at) FROM _prisma_migrations) AS since
  FROM unnest($1::text[], $2::text[]) AS n (schedule, name)
  LEFT JOIN LATERAL (
    SELECT * FROM scheduled_runs r WHERE r.name = n.name ORDER BY slot DESC LIMIT 1
  ) l ON true`;
