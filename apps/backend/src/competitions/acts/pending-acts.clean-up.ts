import type { CleanUpRule } from '../../registry/clean-up-rule.js';

/** Kept for a week, in which a late retry of an undo still finds its act; what was done is in the audit log. */
export const PENDING_ACTS_CLEAN_UP: readonly CleanUpRule[] = [
  {
    table: 'pending_acts',
    expired: `created_at < now() - interval '7 days' AND num_nonnulls(undone_at, done_at) > 0`,
  },
];
