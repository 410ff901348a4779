import type { CleanUpRule } from '../../registry/clean-up-rule.js';

/** Not at once: pages that were rendered before the change still refer to the file. */
export const STORAGE_CLEAN_UP: readonly CleanUpRule[] = [
  { table: 'files', expired: `unused_since < now() - interval '1 day'` },
];
