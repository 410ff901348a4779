import type { Competition } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';

/** The time budget of a request, less what the rest of it takes. */
const TIME_BUDGET_MS = 2_500;

/** An organizer has the own competitions, an admin all of them. */
export async function getOwnCompetition(tx: Tx, id: string, { userId, role }: Principal): Promise<Competition> {
  const competition = await tx.competition.findFirst({ where: { id, deletedAt: null } });
  if (competition === null) throw new DomainError('COMPETITION_NOT_FOUND');
  if (role !== 'ADMIN' && competition.organizerId !== userId)
    throw new DomainError('FORBIDDEN', { detail: 'This competition belongs to another organizer.' });
  return competition;
}

/** The row is the lock of all its seats: what is looked at after this stays as it is until the commit. */
export async function lockOwnCompetition(tx: Tx, id: string, principal: Principal): Promise<Competition> {
  // Of the statement, not of the lock: in a queue for a row there are two locks to wait for, one after the other.
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${`${TIME_BUDGET_MS}ms`}, true)`;
  await tx.$executeRaw`SELECT FROM competitions WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return getOwnCompetition(tx, id, principal);
}
