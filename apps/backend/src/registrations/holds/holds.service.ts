import type { Confirmed } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { lockCompetition } from '../../competitions/staff/staff-access.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Caller } from '../admission/registrations.service.js';

type Refusal = 'NOT_REGISTERED' | 'HOLD_EXPIRED' | 'COMPETITION_CANCELLED' | 'NOTHING_TO_CONFIRM' | 'NOT_CAPTAIN';
type ConfirmResult = Confirmed['status'] | Refusal;

const isConfirmed = (verdict: ConfirmResult): verdict is Confirmed['status'] =>
  verdict === 'PENDING' || verdict === 'CONFIRMED';

/** Confirming a seat that is held. Declining it is leaving. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async confirm(competitionId: string, { principal, key, arrival }: Caller): Promise<IdempotentResponse> {
    const { userId } = principal;
    const request = { ...principal, key, fingerprint: fingerprint({ id: competitionId }, {}) };
    const response = await this.idempotency.run('CONFIRM', request, async (tx) => {
      await lockCompetition(tx, competitionId);
      await ensureVisible(tx, competitionId, userId);
      // After the lock: the time that the request has waited for it counts as waited.
      const waitedMs = performance.now() - arrival.earliest;
      const [{ verdict }] = await tx.$queryRaw<[{ verdict: ConfirmResult }]>`
        SELECT confirm_v1(${competitionId}::uuid, ${userId}::uuid, ${waitedMs}::float8) AS verdict`;
      if (!isConfirmed(verdict)) throw new DomainError(verdict);
      const { id } = await tx.registration.findFirstOrThrow({
        where: {
          competitionId,
          status: { not: 'CANCELLED' },
          OR: [{ userId }, { team: { members: { some: { userId, leftAt: null } } } }],
        },
        select: { id: true },
      });
      return { status: 200, body: { registrationId: id, status: verdict } satisfies Confirmed };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }
}

/** Only its staff may know that a draft exists, unless somebody was registered before it became one. */
async function ensureVisible(tx: Tx, competitionId: string, userId: string): Promise<void> {
  const competition = await tx.competition.findFirst({
    where: {
      id: competitionId,
      deletedAt: null,
      OR: [
        { visibility: { not: 'DRAFT' } },
        { registrations: { some: { userId } } },
        { teamMembers: { some: { userId } } },
      ],
    },
    select: { id: true },
  });
  if (competition === null) throw new DomainError('COMPETITION_NOT_FOUND');
}
