import { lockCompetition } from '../../competitions/staff/staff-access.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

export interface LockedTeam {
  readonly id: string;
  readonly competitionId: string;
  readonly name: string;
  readonly captainId: string;
  /** The active registration; with one, the competition's row is locked as well. */
  readonly registrationId: string | null;
  /** Whether the teams of the competition were fixed when the request arrived. */
  readonly isLocked: boolean;
}

const STATE = `
SELECT t.id, t.competition_id AS "competitionId", t.name, t.captain_id AS "captainId", r.id AS "registrationId",
       c.teams_locked_at IS NOT NULL OR teams_lock(c) <= statement_timestamp() - $2::float8 * interval '1 millisecond' AS "isLocked"
FROM teams t
JOIN competitions c ON c.id = t.competition_id AND c.deleted_at IS NULL
LEFT JOIN registrations r ON r.team_id = t.id AND r.status ${IS_ACTIVE}
WHERE t.id = $1::uuid AND t.ended_at IS NULL`;

/** The team was registered between the look and the lock: the competition's row has to be locked first. */
class RegisteredMeanwhile extends Error {}

/**
 * Locks a team. Only a registered one concerns the seats of its competition, whose row is then locked before it, as
 * everywhere. What is due is settled first: its seats are free.
 */
export async function lockTeam(tx: Tx, id: string, arrival: Arrival): Promise<LockedTeam> {
  const before = await stateOf(tx, id, arrival);
  if (before.registrationId !== null) {
    await lockCompetition(tx, before.competitionId);
    await tx.$executeRaw`SELECT settle_all_v1(${before.competitionId}::uuid)`;
  }
  await tx.$executeRaw`SELECT FROM teams WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const team = await stateOf(tx, id, arrival);
  if (team.registrationId !== null && before.registrationId === null) throw new RegisteredMeanwhile();
  return team;
}

/** Runs a transaction that locks a team, again if the team was registered meanwhile. */
export async function withLockedTeam<Result>(run: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof RegisteredMeanwhile)) throw error;
    }
  }
}

async function stateOf(tx: Tx, id: string, { earliest }: Arrival): Promise<LockedTeam> {
  const waitedMs = performance.now() - earliest;
  const [team] = await tx.$queryRawUnsafe<LockedTeam[]>(STATE, id, waitedMs);
  if (team === undefined) throw new DomainError('TEAM_NOT_FOUND');
  return team;
}
