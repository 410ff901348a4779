import type { Invariant } from '../../registry/invariant.js';

/** That a settled job has had its effect is part of I8 too: see the invariants of messaging and registrations. */
export const QUEUE_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I8',
    rule: 'a job is not pending and dead at the same time',
    sql: `
      SELECT o.id FROM outbox o JOIN failed_jobs f ON f.outbox_id = o.id
      WHERE o.settled_at IS NULL AND f.settled_as IS DISTINCT FROM 'REPLAYED'`,
  },
];
