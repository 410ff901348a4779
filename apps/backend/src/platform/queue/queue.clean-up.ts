import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const QUEUE_CLEAN_UP: readonly CleanUpRule[] = [
  { table: 'outbox', expired: `settled_at < now() - interval '7 days'` },
  { table: 'failed_jobs', expired: `failed_at < now() - interval '30 days'` },
  { table: 'scheduled_runs', expired: `started_at < now() - interval '30 days'` },
  { table: 'worker_heartbeats', expired: `seen_at < now() - interval '1 day'` },
];
