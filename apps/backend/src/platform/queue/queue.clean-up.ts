import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const QUEUE_CLEAN_UP: readonly CleanUpRule[] = [
  // Not while the job may be replayed: a new row would have a new number, as if its change had come last.
  {
    table: 'outbox',
    expired: `settled_at < now() - interval '7 days' AND NOT EXISTS (
      SELECT FROM failed_jobs f WHERE f.outbox_id = outbox.id AND f.settled_at IS NULL)`,
  },
  // Open ones stay until an admin settles them: otherwise the job's effect would be lost without a trace. The first
  // condition follows from the second; it has the index.
  {
    table: 'failed_jobs',
    expired: `failed_at < now() - interval '30 days' AND settled_at < now() - interval '30 days'`,
  },
  { table: 'scheduled_runs', expired: `started_at < now() - interval '30 days'` },
  { table: 'worker_heartbeats', expired: `seen_at < now() - interval '1 day'` },
];
