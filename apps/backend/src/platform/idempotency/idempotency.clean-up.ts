import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const IDEMPOTENCY_CLEAN_UP: readonly CleanUpRule[] = [
  { table: 'idempotency_records', expired: 'expires_at <= now()' },
];
