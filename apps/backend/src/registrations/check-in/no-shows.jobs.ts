import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { advanceAct, lockAct } from '../../competitions/acts/act-run.js';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { type JobOutcome, lockUnsettled, Outbox, settle } from '../../platform/queue/outbox.js';
import { NoShowParams } from './no-show-params.js';

/** Each batch holds the lock of the competition's row, and people who register or leave wait for it. */
const BATCH_SIZE = 200;

/** Releases no-shows, when the time for an undo has passed. */
@Injectable()
export class NoShowJobs implements JobHandlers {
  readonly handlers = [single('release-no-shows', (run) => this.release(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /**
   * In batches, each of which commits with the number of those handled: a run that was killed goes on after them. Who has
   * come in meanwhile is skipped by release_no_shows_v1.
   */
  private async release({ outboxId, payload: { actId } }: Run<'release-no-shows'>): Promise<JobOutcome> {
    let outcome: JobOutcome = 'done';
    for (let more = true; more; )
      more = await inTransaction(this.pool, async (tx) => {
        const release = await lockAct(tx, actId);
        if (!(await lockUnsettled(tx, outboxId))) return false;
        if (release === null || release.isUndone) {
          outcome = await settle(tx, outboxId, 'outdated');
          return false;
        }
        const { competitionId, actorId, handled } = release;
        const { registrationIds } = NoShowParams.parse(release.params);
        const batch = registrationIds.slice(handled, handled + BATCH_SIZE);
        await tx.query('SELECT release_no_shows_v1($1, $2, $3)', [competitionId, batch, actorId]);
        const isLast = handled + batch.length >= registrationIds.length;
        await advanceAct(tx, actId, batch.length, isLast);
        if (isLast) await settle(tx, outboxId);
        this.seats.notify(competitionId);
        return !isLast;
      });
    this.outbox.wake();
    return outcome;
  }
}
