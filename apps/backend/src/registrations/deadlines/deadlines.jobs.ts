import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { enqueueEndingHolds } from '../holds/hold-ending.jobs.js';
import { enqueueLateDecisions } from '../messages/decisions-late.jobs.js';
import { enqueueClosings } from '../waitlist/waitlist.jobs.js';

/** Once a minute: enqueues the jobs for which a time has come. */
@Injectable()
export class DeadlineJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, outbox: Outbox) {
    this.handlers = [
      scheduled(pool, 'deadlines', async () => {
        const { waitlists, cancelled } = await enqueueClosings(pool);
        const late = await enqueueLateDecisions(pool);
        const holds = await enqueueEndingHolds(pool);
        outbox.wake();
        return { text: 'deadlines', values: { waitlists, late, holds, cancelled } };
      }),
    ];
  }
}
