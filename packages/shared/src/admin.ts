import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf, searchText } from './common.js';

export const QueueState = z
  .object({
    name: z.string(),
    waiting: z.int(),
    active: z.int(),
    delayed: z.int(),
    failed: z.int(),
    paused: z.boolean(),
    /** Why the queue is paused, as a sentence, and when it resumes. */
    pausedReason: z.string().nullable(),
    resumesAt: Instant.nullable(),
  })
  .meta({ id: 'QueueState' });
export type QueueState = z.infer<typeof QueueState>;

export const ScheduledRun = z
  .object({
    name: z.string(),
    schedule: z.string(),
    slot: Instant.nullable(),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    /** A sentence in the language of the request. */
    outcome: z.string().nullable(),
    overdue: z.boolean(),
  })
  .meta({ id: 'ScheduledRun' });
export type ScheduledRun = z.infer<typeof ScheduledRun>;

/** Overview page of the admin console. `warnings` are sentences. */
export const JobsOverview = z
  .object({
    backend: z.enum(['postgresql', 'redis']),
    /** Whether the queue backend answered; if not, its numbers are 0. */
    answers: z.boolean(),
    warnings: z.array(z.string()),
    /** `outdated`: jobs of the last 24 hours that had no effect, because their message was not true any more. */
    outbox: z.object({ unsettled: z.int(), oldestAt: Instant.nullable(), outdated: z.int() }),
    queues: z.array(QueueState),
    failed: z.int(),
    unknown: z.int(),
    runs: z.array(ScheduledRun),
    workerSeenAt: Instant.nullable(),
  })
  .meta({ id: 'JobsOverview' });
export type JobsOverview = z.infer<typeof JobsOverview>;

export const FailedJob = z
  .object({
    id: Id,
    queue: z.string(),
    name: z.string(),
    payload: z.unknown(),
    error: z.string(),
    attempts: z.int(),
    permanent: z.boolean(),
    failedAt: Instant,
    settledAt: Instant.nullable(),
    settledAs: z.enum(['REPLAYED', 'DISCARDED']).nullable(),
  })
  .meta({ id: 'FailedJob' });
export type FailedJob = z.infer<typeof FailedJob>;

export const FailedJobsQuery = z.strictObject({
  ...PageQuery.shape,
  queue: searchText(100).optional(),
  state: z.enum(['open', 'settled', 'all']).default('open'),
});
export type FailedJobsQuery = z.infer<typeof FailedJobsQuery>;
/** Selects the unsettled failed jobs of one queue, or of all queues, to replay or discard. */
export const FailedJobsFilter = z.strictObject({ queue: searchText(100).optional() }).meta({ id: 'FailedJobsFilter' });
export type FailedJobsFilter = z.infer<typeof FailedJobsFilter>;
/** How many jobs the request settled. */
export const SettledJobs = z.object({ settled: z.int() }).meta({ id: 'SettledJobs' });
export type SettledJobs = z.infer<typeof SettledJobs>;

export const FailedJobPage = pageOf(FailedJob).meta({ id: 'FailedJobPage' });
export type FailedJobPage = z.infer<typeof FailedJobPage>;

/** The worker died while it sent the message, so an admin decides whether the message was sent. */
export const UnknownMessage = z
  .object({ id: Id, kind: z.string(), title: z.string(), recipient: z.string(), sendingAt: Instant })
  .meta({ id: 'UnknownMessage' });
export type UnknownMessage = z.infer<typeof UnknownMessage>;
export const UnknownMessagePage = pageOf(UnknownMessage).meta({ id: 'UnknownMessagePage' });
export type UnknownMessagePage = z.infer<typeof UnknownMessagePage>;
export const SettleUnknown = z.strictObject({ as: z.enum(['sent', 'resend']) }).meta({ id: 'SettleUnknown' });
export type SettleUnknown = z.infer<typeof SettleUnknown>;

export const AuditEntry = z
  .object({
    /** Increases with time. */
    id: z.string(),
    at: Instant,
    /** Email address; null for the system. */
    actor: z.string().nullable(),
    action: z.string(),
    subject: Id.nullable(),
    details: z.unknown(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry).meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;

export const AdminPageQuery = z.strictObject({ ...PageQuery.shape });
export type AdminPageQuery = z.infer<typeof AdminPageQuery>;
