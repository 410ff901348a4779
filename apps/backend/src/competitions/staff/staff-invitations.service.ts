import type { AcceptedStaffInvitation, ReceivedStaffInvitation } from '@mini-compete/shared/staff';
import { Inject, Injectable } from '@nestjs/common';
import { verifyStaffInvitationToken } from '../../messaging/templates/staff-invitation-link.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { lockCompetition } from './staff-access.js';
import { ensureOpenForReader, type InvitationState, obstacleOf } from './staff-invitation.rules.js';

/** The invited person's side of an invitation. */
@Injectable()
export class StaffInvitationsService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
    private readonly prisma: PrismaService,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
  ) {}

  async read(token: string, { userId }: Principal): Promise<ReceivedStaffInvitation> {
    const invitation = await getState(this.prisma, this.idOf(token), userId);
    ensureOpenForReader(invitation);
    const { competitionId, title, role, invitedBy, expiresAt } = invitation;
    return { competitionId, title, role, invitedBy, expiresAt, obstacle: obstacleOf(invitation) };
  }

  async accept(token: string, person: Principal, key: string | null): Promise<IdempotentResponse> {
    const id = this.idOf(token);
    const { userId } = person;
    const request = { ...person, key, fingerprint: fingerprint({ id }, {}) };
    const response = await this.idempotency.run('STAFF_ACCEPT', request, async (tx) => {
      // Registering holds the same lock: without it, a person could become staff and register at the same time.
      await lockCompetition(tx, (await getState(tx, id, userId)).competitionId);
      const invitation = await getState(tx, id, userId);
      ensureOpenForReader(invitation);
      const obstacle = obstacleOf(invitation);
      if (obstacle !== null) throw new DomainError(obstacle);
      await ensureNoOlderServers(tx);
      return { status: 200, body: await this.join(tx, invitation, userId) };
    });
    this.outbox.wake();
    return response;
  }

  private async join(
    tx: Tx,
    { id, competitionId, role }: InvitationState,
    userId: string,
  ): Promise<AcceptedStaffInvitation> {
    const [{ at }] = await tx.$queryRaw<[{ at: string }]>`
      WITH accepted AS (
        UPDATE staff_invitations SET accepted_at = clock_timestamp() WHERE id = ${id}::uuid
      )
      INSERT INTO competition_staff (competition_id, user_id, role, created_at)
      VALUES (${competitionId}::uuid, ${userId}::uuid, ${role}::"StaffRole", clock_timestamp())
      RETURNING iso_instant(created_at) AS at`;
    const details = { userId, role, invitationId: id };
    await writeAudit(tx, { actorId: userId, action: 'staff.joined', subjectId: competitionId, details });
    await this.outbox.add(tx, 'staff-joined', { competitionId, userId, at });
    return { competitionId, role };
  }

  private idOf(token: string): string {
    const id = verifyStaffInvitationToken(this.env.jwtSecret, token);
    if (id === null) throw new DomainError('STAFF_INVITATION_NOT_FOUND');
    return id;
  }
}

const STATE = `
SELECT i.id, i.competition_id AS "competitionId", c.title, i.role, inviter.name AS "invitedBy",
       iso_instant(i.expires_at) AS "expiresAt", c.deleted_at IS NOT NULL AS "isDeleted",
       i.email = u.email AS "isForReader", u.email_verified_at IS NOT NULL AS "isVerified",
       EXISTS (
         SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.user_id = u.id
       ) AS "isStaff",
       (EXISTS (
         SELECT FROM registrations r WHERE r.competition_id = c.id AND r.user_id = u.id AND r.status ${IS_ACTIVE}
       ) OR EXISTS (
         SELECT FROM team_members m JOIN registrations r ON r.team_id = m.team_id AND r.status ${IS_ACTIVE}
         WHERE m.competition_id = c.id AND m.user_id = u.id AND m.left_at IS NULL
       )) AS "isRegistered",
       i.accepted_at IS NOT NULL AS "isAccepted", i.withdrawn_at IS NOT NULL AS "isWithdrawn",
       i.expires_at <= clock_timestamp() AS "isExpired"
FROM staff_invitations i
JOIN competitions c ON c.id = i.competition_id
JOIN users u ON u.id = $2::uuid
LEFT JOIN users inviter ON inviter.id = i.invited_by_id
WHERE i.id = $1::uuid`;

async function getState(tx: Tx, id: string, userId: string): Promise<InvitationState> {
  const [state] = await tx.$queryRawUnsafe<InvitationState[]>(STATE, id, userId);
  if (state === undefined) throw new DomainError('STAFF_INVITATION_NOT_FOUND');
  return state;
}
