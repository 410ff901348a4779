import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { JobHandlers } from '../../platform/queue/handler.js';
import { scheduled } from '../../platform/queue/scheduled.js';

/** Longer than any server may take for its answer to a body: whoever has not said by then what became of it is dead. */
export const ANSWER_WITHIN = '90 seconds';

/** Messages whose worker died while their body went out: nobody knows whether they arrived, and nobody guesses. */
@Injectable()
export class StaleDeliveryJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [
      scheduled(pool, 'lost-senders', async () => {
        const { rowCount } = await pool.query(
          `WITH lost AS (
             UPDATE mailbox_messages SET delivery = 'UNKNOWN'
             WHERE delivery = 'SENDING' AND sending_at < now() - $1::interval
             RETURNING id
           ), settled AS (
             UPDATE outbox o SET settled_at = now()
             FROM lost
             WHERE o.settled_at IS NULL AND o.job = 'send' AND o.payload = jsonb_build_object('messageId', lost.id)
           )
           SELECT FROM lost`,
          [ANSWER_WITHIN],
        );
        return `${rowCount ?? 0} messages unknown`;
      }),
    ];
  }
}
