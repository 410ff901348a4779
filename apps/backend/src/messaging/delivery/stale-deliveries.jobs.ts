import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';

/** Longer than the timeouts of a live worker: by then a worker that has not written the delivery status is dead. */
const STALE_AFTER = '90 seconds';

/** Marks deliveries as UNKNOWN whose worker died during the body. They may have arrived, so none is resent. */
@Injectable()
export class StaleDeliveryJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [
      scheduled(pool, 'lost-senders', async () => {
        const { rowCount } = await pool.query(
          `WITH stale AS (
             UPDATE mailbox_messages SET delivery = 'UNKNOWN'
             WHERE delivery = 'SENDING' AND sending_at < now() - $1::interval
             RETURNING id
           ), settled AS (
             UPDATE outbox o SET settled_at = now()
             FROM stale
             WHERE o.settled_at IS NULL AND o.job = 'send' AND o.payload = jsonb_build_object('messageId', stale.id)
           )
           SELECT FROM stale`,
          [STALE_AFTER],
        );
        return { text: 'staleDeliveries', values: { count: rowCount ?? 0 } };
      }),
    ];
  }
}
