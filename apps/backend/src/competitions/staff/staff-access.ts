import type { Competition } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';

/** A request has 3 s; this leaves time for the statements after the lock. */
const STATEMENT_TIMEOUT_MS = 2_500;

/** Organizers may act on their own competitions, admins on all. */
export async function getOwnCompetition(tx: Tx, id: string, { userId, role }: Principal): Promise<Competition> {
  const competition = await tx.competition.findFirst({ where: { id, deletedAt: null } });
  if (competition === null) throw new DomainError('COMPETITION_NOT_FOUND');
  if (role !== 'ADMIN' && competition.organizerId !== userId)
    throw new DomainError('FORBIDDEN', { detail: { key: 'anotherOrganizer' } });
  return competition;
}

/** The competition's row is the lock of all its seats: what is read after this stays true until the commit. */
export async function lockOwnCompetition(tx: Tx, id: string, principal: Principal): Promise<Competition> {
  // Refuses strangers first: their requests would wait for the lock, and hold it against registrations.
  await getOwnCompetition(tx, id, principal);
  // Not lock_timeout: behind other waiting transactions a statement waits for two locks, and it applies to each.
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${`${STATEMENT_TIMEOUT_MS}ms`}, true)`;
  await tx.$executeRaw`SELECT FROM competitions WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return getOwnCompetition(tx, id, principal);
}
