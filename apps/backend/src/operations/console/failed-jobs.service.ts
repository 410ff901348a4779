import type {
  FailedJob,
  FailedJobPage,
  FailedJobsFilter,
  FailedJobsQuery,
  SettledJobs,
} from '@mini-compete/shared/admin';
import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { DeadLetters } from '../../platform/queue/dead-letters.js';

const Position = z.strictObject({ id: z.uuid() });
const CONDITIONS = { open: 'settled_at IS NULL', settled: 'settled_at IS NOT NULL', all: 'true' };
const BATCH_SIZE = 500;

type Operation = 'replay' | 'discard';

/** Lists the dead letters, and replays or discards them. */
@Injectable()
export class FailedJobs {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly prisma: PrismaService,
    private readonly deadLetters: DeadLetters,
  ) {}

  async list({ state, queue, cursor, limit }: FailedJobsQuery): Promise<FailedJobPage> {
    const after = decodeCursor(Position, cursor)?.id ?? null;
    const condition = `${CONDITIONS[state]} AND ($1::text IS NULL OR queue = $1)`;
    const { rows } = await this.pool.query<FailedJob>(
      `SELECT id, queue, job AS name, payload, error, attempts, permanent, iso_instant(failed_at) AS "failedAt",
              iso_instant(settled_at) AS "settledAt", settled_as AS "settledAs"
       FROM failed_jobs WHERE ${condition} AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [queue ?? null, after, limit + 1],
    );
    const { rows: counted } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT FROM failed_jobs WHERE ${condition} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) f`,
      [queue ?? null],
    );
    return pageOfRows(rows, limit, counted[0]?.n ?? 0);
  }

  /** Of two concurrent requests for the same job one succeeds; the other gets JOB_SETTLED. */
  async settle(operation: Operation, id: string, actorId: string): Promise<SettledJobs> {
    const settled = await this.prisma.$transaction((tx) => this.deadLetters[operation](tx, [id], actorId));
    if (settled.length > 0) return { settled: settled.length };
    const known = await this.prisma.failedJob.findUnique({ where: { id }, select: { id: true } });
    throw new DomainError(known === null ? 'JOB_NOT_FOUND' : 'JOB_SETTLED');
  }

  /** Only the jobs that are open now, in batches: a job that fails again in the meantime stays open. */
  async settleAll(operation: Operation, { queue }: FailedJobsFilter, actorId: string): Promise<SettledJobs> {
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT id FROM failed_jobs WHERE settled_at IS NULL AND ($1::text IS NULL OR queue = $1) ORDER BY id',
      [queue ?? null],
    );
    let settled = 0;
    for (let i = 0; i < rows.length; i += BATCH_SIZE) {
      const ids = rows.slice(i, i + BATCH_SIZE).map(({ id }) => id);
      settled += (await this.prisma.$transaction((tx) => this.deadLetters[operation](tx, ids, actorId))).length;
    }
    return { settled };
  }
}
