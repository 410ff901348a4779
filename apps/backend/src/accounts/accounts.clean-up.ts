import type { CleanUpRule } from '../registry/clean-up-rule.js';
import { SESSION_DAYS } from './sessions/session-renewals.js';

/**
 * For as long as its holder may still send a used refresh token, the token has to be known: it is how a copied token is
 * detected. A browser drops the cookie `SESSION_DAYS` after it was set, and sets it before the token is first used.
 * One more day for responses that arrive late. A copy that is sent even later is refused as an unknown token.
 */
const TOKEN_EXPIRED = `now() - interval '${SESSION_DAYS + 1} days'`;

/** The other refresh tokens are deleted with their session. */
export const ACCOUNTS_CLEAN_UP: readonly CleanUpRule[] = [
  // Kept for a week: the message about a new sign-in refers to the session.
  { table: 'sessions', expired: `expires_at < now() - interval '7 days'` },
  { table: 'sessions', expired: `ended_at < now() - interval '7 days'` },
  // The first condition follows from the second; it has the index. An index on `used_at` would slow down each renewal.
  { table: 'refresh_tokens', expired: `created_at < ${TOKEN_EXPIRED} AND used_at < ${TOKEN_EXPIRED}` },
  { table: 'password_resets', expired: `expires_at < now() - interval '7 days'` },
  // Longer than the day within which the requests of an account are counted.
  { table: 'email_verifications', expired: `expires_at < now() - interval '7 days'` },
  // An undo refunds what was taken yesterday.
  { table: 'daily_quotas', expired: `day < (now() AT TIME ZONE 'UTC')::date - 7` },
  { table: 'account_exports', expired: 'expires_at < now()' },
];
