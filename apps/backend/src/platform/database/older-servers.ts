import { DomainError } from '../errors/domain-error.js';
import { GENERATION, PREFIX } from './application-name.js';
import type { Tx } from './prisma.service.js';

const RETRY_AFTER_SECONDS = 60;

const IS_OLDER_CONNECTED = `
SELECT EXISTS (
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND application_name ~ '^${PREFIX}(/[0-9]+)? '
    AND coalesce(substring(application_name FROM '/([0-9]+) ')::int, 1) < ${GENERATION}
) AS connected`;

/**
 * The refusal of a change that older servers, which run beside new ones during an upgrade, would not respect; null where
 * none is connected. A server that is in use has a connection; one that is not has nobody to show anything to.
 */
export async function refusalWhileUpgrading(tx: Tx): Promise<DomainError | null> {
  const [row] = await tx.$queryRawUnsafe<[{ connected: boolean }]>(IS_OLDER_CONNECTED);
  return row.connected ? new DomainError('UPGRADE_IN_PROGRESS', { retryAfterSeconds: RETRY_AFTER_SECONDS }) : null;
}

export async function ensureNoOlderServers(tx: Tx): Promise<void> {
  const refusal = await refusalWhileUpgrading(tx);
  if (refusal !== null) throw refusal;
}
