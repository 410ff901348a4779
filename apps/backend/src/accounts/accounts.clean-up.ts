import type { CleanUpRule } from '../registry/clean-up-rule.js';

/**
 * Refresh tokens are deleted with their session. The used ones of an active session stay: they are how the reuse of a
 * stolen token is detected.
 */
export const ACCOUNTS_CLEAN_UP: readonly CleanUpRule[] = [
  // Kept for a week: the message about a new sign-in refers to the session.
  { table: 'sessions', expired: `expires_at < now() - interval '7 days'` },
  { table: 'sessions', expired: `ended_at < now() - interval '7 days'` },
  { table: 'password_resets', expired: `expires_at < now() - interval '7 days'` },
];
