import type { Confirmed } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { lockCompetition } from '../../competitions/staff/staff-access.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { type Decision, IdempotentBatches } from '../../platform/idempotency/idempotent-batches.js';
import type { IdempotentRequest } from '../../platform/idempotency/in-flight.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Caller } from '../admission/registrations.service.js';

type Refusal =
  | 'COMPETITION_NOT_FOUND'
  | 'NOT_REGISTERED'
  | 'HOLD_EXPIRED'
  | 'COMPETITION_CANCELLED'
  | 'NOTHING_TO_CONFIRM'
  | 'NOT_CAPTAIN';
type ConfirmResult = Confirmed['status'] | Refusal;
type ConfirmRequest = IdempotentRequest & { readonly arrival: Arrival };

const isConfirmed = (verdict: ConfirmResult): verdict is Confirmed['status'] =>
  verdict === 'PENDING' || verdict === 'CONFIRMED';

/** Confirming a seat that is held. Declining it is leaving. */
@Injectable()
export class HoldsService {
  private readonly batches: IdempotentBatches<ConfirmRequest>;

  constructor(
    prisma: PrismaService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {
    this.batches = new IdempotentBatches(prisma, 'CONFIRM', confirmAll);
  }

  async confirm(competitionId: string, { principal, key, arrival }: Caller): Promise<IdempotentResponse> {
    const request = { ...principal, key, fingerprint: fingerprint({ id: competitionId }, {}), arrival };
    const response = await this.batches.run(competitionId, request);
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }
}

async function confirmAll(
  tx: Tx,
  competitionId: string,
  requests: readonly ConfirmRequest[],
): Promise<readonly Decision[]> {
  await lockCompetition(tx, competitionId);
  // After the lock: the time that a request has waited for it counts as waited.
  const now = performance.now();
  const rows = await tx.$queryRawUnsafe<{ verdict: ConfirmResult; registrationId: string | null }[]>(
    CONFIRM,
    competitionId,
    requests.map(({ userId }) => userId),
    requests.map(({ arrival }) => now - arrival.earliest),
  );
  return rows.map(({ verdict, registrationId }) =>
    isConfirmed(verdict)
      ? { status: 200, body: { registrationId: registrationId ?? '', status: verdict } satisfies Confirmed }
      : new DomainError(verdict),
  );
}

/** Only its staff may know that a draft exists, unless somebody was registered before it became one. */
const CONFIRM = `
SELECT CASE
         WHEN c.id IS NOT NULL AND (
           c.visibility <> 'DRAFT'
           OR EXISTS (SELECT FROM registrations WHERE user_id = e.user_id AND competition_id = $1::uuid)
           OR EXISTS (SELECT FROM team_members WHERE user_id = e.user_id AND competition_id = $1::uuid))
         THEN confirm_v1($1::uuid, e.user_id, e.waited_ms)
         ELSE 'COMPETITION_NOT_FOUND'
       END AS verdict,
       coalesce(
         (SELECT id FROM registrations
          WHERE user_id = e.user_id AND competition_id = $1::uuid AND status <> 'CANCELLED'),
         (SELECT r.id FROM team_members m JOIN registrations r ON r.team_id = m.team_id
          WHERE m.user_id = e.user_id AND m.competition_id = $1::uuid AND m.left_at IS NULL AND r.status <> 'CANCELLED')
       ) AS "registrationId"
FROM unnest($2::uuid[], $3::float8[]) WITH ORDINALITY AS e (user_id, waited_ms, n)
LEFT JOIN competitions c ON c.id = $1::uuid AND c.deleted_at IS NULL
ORDER BY e.n`;
