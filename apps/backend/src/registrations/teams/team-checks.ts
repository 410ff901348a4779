import { writeAudit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { newCode } from './team-code.js';
import type { LockedTeam } from './team-lock.js';
import { nameKeyOf } from './team-name.js';

export function ensureCaptain({ captainId }: LockedTeam, { userId }: Principal): void {
  if (captainId !== userId) throw new DomainError('NOT_CAPTAIN');
}

export async function ensureForTeams(tx: Tx, id: string, { userId }: Principal): Promise<void> {
  const competition = await tx.competition.findFirst({
    where: {
      id,
      deletedAt: null,
      // Only its staff may know that a draft exists.
      OR: [{ visibility: { not: 'DRAFT' } }, { staff: { some: { userId } } }],
    },
    select: { teamMax: true },
  });
  if (competition === null) throw new DomainError('COMPETITION_NOT_FOUND');
  if (competition.teamMax === null) throw new DomainError('FOR_PERSONS');
}

/** What a look without the lock can tell: not where something is due, whose seats may be free then. */
export async function ensurePlace(tx: Tx, id: string, { userId }: Principal): Promise<void> {
  const [team] = await tx.$queryRaw<{ refusal: 'TEAM_FULL' | 'COMPETITION_FULL' | null }[]>`
    SELECT CASE
             WHEN bool_or(m.user_id = ${userId}::uuid) THEN NULL
             WHEN count(*) >= c.team_max THEN 'TEAM_FULL'
             WHEN c.seat_unit = 'PERSON' AND holds_seat(r.status) AND (c.seats_left < 1 OR c.waiting > 0)
               AND (c.next_expiry_at <= clock_timestamp()) IS NOT TRUE THEN 'COMPETITION_FULL'
           END AS refusal
    FROM teams t JOIN competitions c ON c.id = t.competition_id
    JOIN team_members m ON m.team_id = t.id AND m.left_at IS NULL
    LEFT JOIN registrations r ON r.team_id = t.id AND r.status <> 'CANCELLED'
    WHERE t.id = ${id}::uuid GROUP BY c.id, r.id`;
  if (team?.refusal) throw new DomainError(team.refusal);
}

/** The code may have been renewed after the team was found by it. */
export async function ensureCode(tx: Tx, id: string, code: string): Promise<void> {
  if ((await tx.team.count({ where: { id, code } })) === 0) throw new DomainError('TEAM_NOT_FOUND');
}

export async function insertTeam(tx: Tx, competitionId: string, name: string, captain: Principal): Promise<string> {
  const [team] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO teams (competition_id, name, name_key, code, captain_id)
    VALUES (${competitionId}::uuid, ${name}, ${nameKeyOf(name)}, ${newCode()}, ${captain.userId}::uuid)
    ON CONFLICT (competition_id, name_key) WHERE ended_at IS NULL DO NOTHING
    RETURNING id`;
  if (team === undefined) throw new DomainError('TEAM_NAME_TAKEN');
  await audit(tx, 'team.created', { ...team, competitionId }, captain, { name });
  return team.id;
}

export async function livingMember(tx: Tx, teamId: string, userId: string): Promise<string | null> {
  const member = await tx.teamMember.findFirst({ where: { teamId, userId, leftAt: null }, select: { id: true } });
  return member?.id ?? null;
}

export const everMember = async (tx: Tx, teamId: string, userId: string): Promise<boolean> =>
  (await tx.teamMember.count({ where: { teamId, userId } })) > 0;

export const audit = (
  tx: Tx,
  action: string,
  { id, competitionId }: Pick<LockedTeam, 'id' | 'competitionId'>,
  { userId: actorId }: Principal,
  details: Record<string, unknown> = {},
) => writeAudit(tx, { actorId, action, subjectId: competitionId, details: { teamId: id, ...details } });
