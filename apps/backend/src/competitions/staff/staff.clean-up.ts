import type { CleanUpRule } from '../../registry/clean-up-rule.js';

export const STAFF_CLEAN_UP: readonly CleanUpRule[] = [
  // An address without an account is stored nowhere else. For a month, its link says what became of the invitation.
  { table: 'staff_invitations', expired: `expires_at < now() - interval '30 days'` },
];
