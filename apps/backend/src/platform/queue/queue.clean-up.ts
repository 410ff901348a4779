import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const QUEUE_CLEAN_UP: readonly CleanUpRule[] = [
  { table: 'outbox', expired: `settled_at < now() - interval '7 days'` },
  // Open ones stay until an admin settles them: otherwise the job's effect would be lost without a trace. The first
  // condition follows from the second; it has the index.
  {
    table: 'failed_jobs',
    expired: `failed_at < now() - interval '30 days' AND settled_at < now() - interval '30 days'`,
  },
  { table: 'scheduled_runs', expired: `started_at < now() - interval '30 days'` },
  { table: 'worker_heartbeats', expired: `seen_at < now() - interval '1 day'` },
];
