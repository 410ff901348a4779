import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const IMPORTS_CLEAN_UP: readonly CleanUpRule[] = [
  // Most of the people in a file have not been asked whether we may keep their addresses. The rows go with the import.
  { table: 'imports', expired: `created_at < now() - interval '30 days'` },
];
