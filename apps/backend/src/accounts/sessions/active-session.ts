import type pg from 'pg';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';

const TEXT = `SELECT s.ended_at IS NULL AND s.expires_at > now() AS stands, u.disabled_at IS NOT NULL AS disabled
FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.user_id = $2`;

/** What changes something asks the database whether session and account still stand: a token lives 15 minutes longer. */
export async function ensureSessionActive(pool: pg.Pool, principal: Principal): Promise<void> {
  const { rows } = await pool.query<{ stands: boolean; disabled: boolean }>({
    name: 'session_stands',
    text: TEXT,
    values: [principal.sessionId, principal.userId],
  });
  const [session] = rows;
  if (session?.disabled) throw new DomainError('ACCOUNT_DISABLED');
  if (!session?.stands) throw new DomainError('SESSION_ENDED');
}
