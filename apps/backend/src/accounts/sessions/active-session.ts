import type { Role } from '@mini-compete/shared/auth';
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
 * Throws unless session and account are active, and returns the principal with the account's current role. An access
 * token stays valid for up to 15 minutes after its session has ended or the role in it has changed.
 */
export async function ensureSessionActive(pool: pg.Pool, principal: Principal): Promise<Principal> {
  const { rows } = await pool.query<{ state: 'ACTIVE' | InactiveReason; role: Role }>({
    name: 'session_state',
    text: `SELECT CASE WHEN u.disabled_at IS NOT NULL THEN 'DISABLED'
                       WHEN ${SESSION_IS_ACTIVE} THEN 'ACTIVE'
                       ELSE 'ENDED' END AS state, u.role
           FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.user_id = $2`,
    values: [principal.sessionId, principal.userId],
  });
  const [session] = rows;
  if (session?.state !== 'ACTIVE') throw inactiveSession(session?.state ?? 'ENDED');
  // A new object: the token service caches the principal of a token.
  return { ...principal, role: session.role };
}
