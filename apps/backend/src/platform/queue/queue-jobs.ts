import { randomUUID } from 'node:crypto';
import { Id } from '@mini-compete/shared/common';
import { z } from 'zod';
import { BATCHED_JOBS, type JobName } from '../../registry/jobs.js';
import { JOB_OPTIONS } from './backend.js';
import type { OutboxRow } from './outbox-scan.js';

/** A job of the queue that carries many rows of the outbox. Not a `JobName`: no row is named so. */
export const BATCH = 'batch';

export const BatchData = z.strictObject({
  job: z.string(),
  rows: z.array(z.strictObject({ id: Id, payload: z.unknown() })),
});

/** Fewer rows are dispatched one by one. */
const MIN_BATCH_SIZE = 10;
const MAX_BATCH_SIZE = 100;

type Row = Pick<OutboxRow, 'id' | 'job' | 'payload'>;

/** The queue ignores the job while it has one with the same id. */
export const jobFor = ({ id, job, payload }: Row) => ({
  name: job,
  data: payload,
  opts: { ...JOB_OPTIONS, jobId: id },
});

/**
 * Jobs for the rows of one queue. A job costs the queue more than the message that it sends, so many rows of a job that
 * runs in batches become one job of the queue.
 */
export function jobsFor(rows: readonly Row[]) {
  return [...groupBy(rows, ({ job }) => job)].flatMap(([job, ofJob]) => {
    if (!BATCHED_JOBS.has(job as JobName) || ofJob.length < MIN_BATCH_SIZE) return ofJob.map(jobFor);
    return chunks(ofJob, MAX_BATCH_SIZE).map((chunk) => batchFor(job, chunk));
  });
}

/** A UUID, as a worker of the previous version expects of the id of a job that it does not know. */
const batchFor = (job: string, rows: readonly Row[]) => ({
  name: BATCH,
  data: { job, rows: rows.map(({ id, payload }) => ({ id, payload })) } satisfies z.input<typeof BatchData>,
  opts: { ...JOB_OPTIONS, jobId: randomUUID() },
});

export function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
