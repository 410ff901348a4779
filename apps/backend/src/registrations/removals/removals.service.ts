import type { Reinstated, RemoveSeveral } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { addPendingAct } from '../../competitions/acts/pending-acts.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { ensureRoleMay, lockAsStaff } from '../../competitions/staff/staff-access.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import type { RemovalParams } from './removal-params.js';

type Refusal =
  | 'REGISTRATION_NOT_FOUND'
  | 'COMPETITION_CANCELLED'
  | 'ALREADY_REGISTERED'
  | 'STAFF_CANNOT_REGISTER'
  | 'TEAM_NOT_FOUND'
  | 'COMPETITION_FULL';

/** The titles of these codes speak to the person who registers. */
const DETAILS = {
  ALREADY_REGISTERED: 'cameBack',
  STAFF_CANNOT_REGISTER: 'isStaffNow',
  TEAM_NOT_FOUND: 'teamHasEnded',
  COMPETITION_FULL: 'noSeatToReinstate',
} as const satisfies Partial<Record<Refusal, string>>;

const refusalOf = (code: Refusal): DomainError =>
  new DomainError(code, code in DETAILS ? { detail: { key: DETAILS[code as keyof typeof DETAILS] } } : {});

/** Removing several people, which waits so that it can be undone, and taking back what was done. */
@Injectable()
export class RemovalsService {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  /**
   * Freezes whom it concerns, and ends nothing yet: the job decides about each of them again. The act remains when
   * its actor's role is revoked meanwhile, because the person who revokes it can undo the act as well.
   */
  async removeSeveral(
    competitionId: string,
    { registrationIds, reason }: RemoveSeveral,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, { registrationIds, reason }) };
    return this.idempotency.run('REMOVE_SEVERAL', request, async (tx) => {
      await lockAsStaff(tx, competitionId, actor, 'removeRegistrants');
      await ensureNoOlderServers(tx);
      const active = await activeAmong(tx, competitionId, registrationIds);
      const params: RemovalParams = { registrationIds: active, reason };
      const body = await addPendingAct(tx, this.outbox, {
        competitionId,
        kind: 'REMOVAL',
        actorId: actor.userId,
        count: active.length,
        params,
        job: 'remove-several',
        payload: (actId) => ({ actId }),
      });
      const details = { actId: body.id, count: body.count };
      await writeAudit(tx, { actorId: actor.userId, action: 'removal.requested', subjectId: competitionId, details });
      return { status: 202, body };
    });
  }

  /**
   * With the old admission number: see reinstate_v1. The person gets a message. Those who may reject an application may also
   * take it back; the others are reinstated by those who may remove them.
   */
  async reinstate(
    competitionId: string,
    registrationId: string,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, registrationId }, {}) };
    const response = await this.idempotency.run('REINSTATE', request, async (tx) => {
      const { staffRole } = await lockAsStaff(tx, competitionId, actor, 'decide');
      if (!(await isRejectedOrApplied(tx, registrationId))) ensureRoleMay(staffRole, 'removeRegistrants');
      // Their workers would take the new message for the one of the first time, and not write it.
      await ensureNoOlderServers(tx);
      const [{ result }] = await tx.$queryRaw<[{ result: 'REINSTATED' | Refusal }]>`
        SELECT reinstate_v1(${competitionId}::uuid, ${registrationId}::uuid, ${actor.userId}::uuid) AS result`;
      if (result !== 'REINSTATED') throw refusalOf(result);
      const { status } = await tx.registration.findUniqueOrThrow({ where: { id: registrationId } });
      const body = { registrationId, status: status as Reinstated['status'] } satisfies Reinstated;
      return { status: 200, body };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }
}

/** In the given order. People who have left are left out; an id of another competition is refused. */
async function activeAmong(tx: Tx, competitionId: string, registrationIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; isActive: boolean }[]>`
    SELECT r.id, r.status ${Prisma.raw(IS_ACTIVE)} AS "isActive"
    FROM unnest(${registrationIds}::uuid[]) WITH ORDINALITY AS given (id, n)
    JOIN LATERAL (
      SELECT id, status FROM registrations WHERE id = given.id AND competition_id = ${competitionId}::uuid LIMIT 1
    ) r ON true
    ORDER BY given.n`;
  if (rows.length < registrationIds.length) throw new DomainError('REGISTRATION_NOT_FOUND');
  return rows.filter(({ isActive }) => isActive).map(({ id }) => id);
}

/** Also applied: a second request to take a rejection back changes nothing. */
async function isRejectedOrApplied(tx: Tx, id: string): Promise<boolean> {
  const registration = await tx.registration.findUnique({ where: { id }, select: { status: true, endReason: true } });
  return registration?.status === 'APPLIED' || registration?.endReason === 'REJECTED';
}
