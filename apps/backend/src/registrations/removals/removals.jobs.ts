import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { type JobOutcome, lockUnsettled, Outbox, settle } from '../../platform/queue/outbox.js';
import { RemovalParams } from './removal-params.js';

/** Each batch holds the lock of the competition's row, and people who register or leave wait for it. */
const BATCH_SIZE = 200;

interface Removal {
  readonly competitionId: string;
  readonly actorId: string;
  readonly isUndone: boolean;
  readonly handled: number;
  readonly params: RemovalParams;
}

/** Removes several people, when the time for an undo has passed. */
@Injectable()
export class RemovalJobs implements JobHandlers {
  readonly handlers = [single('remove-several', (run) => this.remove(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /**
   * In batches, each of which commits with the number of those handled: a run that was killed goes on after them, and
   * nobody who was reinstated meanwhile is removed twice. People who have left are skipped by end_registrations_v1.
   */
  private async remove({ outboxId, payload: { actId } }: Run<'remove-several'>): Promise<JobOutcome> {
    let outcome: JobOutcome = 'done';
    for (let more = true; more; )
      more = await inTransaction(this.pool, async (tx) => {
        const removal = await lockRemoval(tx, actId);
        if (!(await lockUnsettled(tx, outboxId))) return false;
        if (removal === null || removal.isUndone) {
          outcome = await settle(tx, outboxId, 'outdated');
          return false;
        }
        const { competitionId, actorId, handled, params } = removal;
        const batch = params.registrationIds.slice(handled, handled + BATCH_SIZE);
        await tx.query(`SELECT end_registrations_v1($1, 'REMOVED', $2, $3)`, [batch, params.reason, actorId]);
        const isLast = handled + batch.length >= params.registrationIds.length;
        await tx.query(CLAIM, [actId, batch.length, isLast]);
        if (isLast) await settle(tx, outboxId);
        this.seats.notify(competitionId);
        return !isLast;
      });
    this.outbox.wake();
    return outcome;
  }
}

/** The competition's row first: it is the lock of its seats, and of undoing. What is read after it stays true. */
async function lockRemoval(tx: Queryable, actId: string): Promise<Removal | null> {
  await tx.query(
    `SELECT FROM competitions WHERE id = (SELECT competition_id FROM pending_acts WHERE id = $1) FOR NO KEY UPDATE`,
    [actId],
  );
  const { rows } = await tx.query<Removal>(
    `SELECT competition_id AS "competitionId", actor_id AS "actorId", undone_at IS NOT NULL AS "isUndone", handled, params
     FROM pending_acts WHERE id = $1`,
    [actId],
  );
  const [row] = rows;
  return row === undefined ? null : { ...row, params: RemovalParams.parse(row.params) };
}

const CLAIM = `
  UPDATE pending_acts
  SET claimed_at = coalesce(claimed_at, now()), handled = handled + $2, done_at = CASE WHEN $3 THEN now() END
  WHERE id = $1`;
