import type { Redeemed } from '@mini-compete/shared/invitations';
import { lockCompetition } from '../../competitions/staff/staff-access.js';
import { refusalWhileUpgrading } from '../../platform/database/older-servers.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Arrival } from '../../platform/http/arrival.js';
import type { Decision } from '../../platform/idempotency/idempotent-batches.js';
import type { IdempotentRequest } from '../../platform/idempotency/in-flight.js';
import { type AnswerCheck, problemsAsOptions } from '../questions/answer-checker.js';
import { type InvitationState, refusalToRedeem } from './invitation.rules.js';
import { findStates } from './invitation-states.js';

export interface RedeemRequest extends IdempotentRequest {
  /** Of the invitation. */
  readonly id: string;
  readonly check: AnswerCheck | null;
  readonly arrival: Arrival;
}

type RedeemResult =
  | 'PENDING'
  | 'INVITATION_NOT_FOUND'
  | 'INVITATION_USED'
  | 'INVITATION_EXPIRED'
  | 'INVITATION_WITHDRAWN'
  | 'COMPETITION_CANCELLED'
  | 'ACCOUNT_DISABLED'
  | 'ALREADY_REGISTERED'
  | 'STAFF_CANNOT_REGISTER'
  | 'QUESTIONS_CHANGED'
  | 'ANSWERS_INVALID';
type Refusal = Exclude<RedeemResult, 'PENDING'>;

/** A request for an invitation that exists. */
interface Attempt {
  readonly request: RedeemRequest;
  readonly invitation: InvitationState;
}

/** Decides requests about invitations of one competition in their order: see `IdempotentBatches`. */
export async function redeemAll(
  tx: Tx,
  competitionId: string,
  requests: readonly RedeemRequest[],
): Promise<readonly Decision[]> {
  await lockCompetition(tx, competitionId);
  const invitations = await findStates(tx, requests);
  const upgrading = await refusalWhileUpgrading(tx);
  const decisions = new Map<RedeemRequest, Decision>();
  const admissible: Attempt[] = [];
  for (const [at, invitation] of invitations) {
    const request = requests[at] as RedeemRequest;
    const refusal = refusalToRedeem(invitation) ?? upgrading;
    if (refusal === null) admissible.push({ request, invitation });
    else decisions.set(request, refusal);
  }
  for (const [request, decision] of await admit(tx, competitionId, admissible)) decisions.set(request, decision);
  return requests.map((request) => decisions.get(request) ?? new DomainError('INVITATION_NOT_FOUND'));
}

async function admit(
  tx: Tx,
  competitionId: string,
  attempts: readonly Attempt[],
): Promise<ReadonlyMap<RedeemRequest, Decision>> {
  if (attempts.length === 0) return new Map();
  const requests = attempts.map(({ request }) => request);
  // After the lock: the time that a request has waited for it counts as waited.
  const now = performance.now();
  const results = await tx.$queryRawUnsafe<{ verdict: RedeemResult; registrationId: string }[]>(
    REDEEM,
    competitionId,
    requests.map(({ id }) => id),
    requests.map(({ userId }) => userId),
    requests.map(({ arrival }) => now - arrival.earliest),
    requests.map(({ check }) => check?.checked.version ?? null),
    requests.map(({ check }) => check?.checked.json ?? null),
  );
  return new Map(
    results.map(({ verdict, registrationId }, n) => {
      const attempt = attempts[n] as Attempt;
      const decision =
        verdict === 'PENDING'
          ? { status: 200, body: { competitionId, registrationId, status: verdict } satisfies Redeemed }
          : refusalOf(verdict, attempt);
      return [attempt.request, decision];
    }),
  );
}

const REDEEM = `
SELECT verdict, registration_id AS "registrationId"
FROM redeem_v2($1::uuid, $2::uuid[], $3::uuid[], $4::float8[], $5::integer[], $6::jsonb[], $3::uuid[])
ORDER BY n`;

function refusalOf(verdict: Refusal, { request, invitation }: Attempt): DomainError {
  const { registrationId, registrationStatus } = invitation;
  if (verdict === 'ANSWERS_INVALID')
    return new DomainError('VALIDATION_FAILED', problemsAsOptions(request.check?.problems ?? []));
  if (verdict === 'ALREADY_REGISTERED')
    return new DomainError(verdict, { extra: { registrationId, registrationStatus } });
  return new DomainError(verdict);
}
