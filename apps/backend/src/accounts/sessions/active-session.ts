import type pg from 'pg';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';

/** Of a row of `sessions`: by the clock of the database, which all servers share. */
export const SESSION_IS_ACTIVE = 'ended_at IS NULL AND expires_at > now()';

const REFUSALS = { ENDED: 'SESSION_ENDED', DISABLED: 'ACCOUNT_DISABLED' } as const;

/** Why a session cannot be used: it was ended or has expired, or its account is disabled. */
export type InactiveReason = keyof typeof REFUSALS;

export const inactiveSession = (reason: InactiveReason): DomainError => new DomainError(REFUSALS[reason]);

export const isInactiveSession = (error: unknown): boolean =>
  error instanceof DomainError && Object.values<string>(REFUSALS).includes(error.code);

/**
 * Requests that change something check session and account in the database: an access token of an ended session stays
 * valid for up to 15 minutes.
 */
export async function ensureSessionActive(pool: pg.Pool, principal: Principal): Promise<void> {
  const { rows } = await pool.query<{ state: 'ACTIVE' | InactiveReason }>({
    name: 'session_state',
    text: `SELECT CASE WHEN u.disabled_at IS NOT NULL THEN 'DISABLED'
                       WHEN ${SESSION_IS_ACTIVE} THEN 'ACTIVE'
                       ELSE 'ENDED' END AS state
           FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.user_id = $2`,
    values: [principal.sessionId, principal.userId],
  });
  const state = rows[0]?.state ?? 'ENDED';
  if (state !== 'ACTIVE') throw inactiveSession(state);
}
