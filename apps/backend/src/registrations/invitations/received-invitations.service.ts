import type { ReceivedInvitation, Redeem, Redeemed } from '@mini-compete/shared/invitations';
import { Inject, Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { lockCompetition } from '../../competitions/staff/staff-access.js';
import { IS_DRAFT } from '../../competitions/visibility/visibility.sql.js';
import { verifyInvitationToken } from '../../messaging/templates/invitation-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { HOLDS_SEAT } from '../../registry/registration-statuses.js';
import type { Caller } from '../admission/registrations.service.js';
import { type AnswerCheck, AnswerChecker, problemsAsOptions } from '../questions/answer-checker.js';
import { ensureForReader, ensureOpen, type InvitationState, obstacleOf } from './invitation.rules.js';

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

/** The invited person's side of an invitation. */
@Injectable()
export class ReceivedInvitationsService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
    private readonly prisma: PrismaService,
    private readonly answers: AnswerChecker,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async read(token: string, { userId }: Principal): Promise<ReceivedInvitation> {
    const invitation = await getState(this.prisma, this.idOf(token), userId);
    ensureForReader(invitation);
    ensureOpen(invitation);
    const { competitionId, title, startDate, location, invitedBy, message, expiresAt } = invitation;
    const { requiresAnswers, registrationStatus } = invitation;
    const obstacle = obstacleOf(invitation);
    const about = { competitionId, title, startDate, location, invitedBy, message, expiresAt };
    return { ...about, requiresAnswers, registrationStatus, obstacle };
  }

  /** Redeeming is admission. Whether it came in time is decided by its arrival. */
  async redeem(token: string, answers: Redeem, caller: Caller): Promise<IdempotentResponse> {
    const id = this.idOf(token);
    const { competitionId } = await getState(this.prisma, id, caller.principal.userId);
    // Before the transaction: it would wait for a second connection while it holds one.
    const check = await this.answers.check(competitionId, answers);
    try {
      return await this.admit(id, competitionId, answers, check, caller);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'QUESTIONS_CHANGED') throw error;
      throw new DomainError('QUESTIONS_CHANGED', await this.answers.questionsNow(competitionId));
    }
  }

  private async admit(
    id: string,
    competitionId: string,
    answers: Redeem,
    check: AnswerCheck | null,
    { principal, key, arrival }: Caller,
  ): Promise<IdempotentResponse> {
    const { userId } = principal;
    const request = { ...principal, key, fingerprint: fingerprint({ id }, answers) };
    const response = await this.idempotency.run('REDEEM', request, async (tx) => {
      await lockCompetition(tx, competitionId);
      const invitation = await getState(tx, id, userId);
      ensureForReader(invitation);
      if (obstacleOf(invitation) === 'EMAIL_NOT_VERIFIED') throw new DomainError('EMAIL_NOT_VERIFIED');
      await ensureNoOlderServers(tx);
      const { version = null, json = null } = check?.checked ?? {};
      const waitedMs = performance.now() - arrival.earliest;
      const [{ verdict, registrationId }] = await tx.$queryRaw<[{ verdict: RedeemResult; registrationId: string }]>`
        SELECT verdict, registration_id AS "registrationId"
        FROM redeem_v1(${competitionId}::uuid, ARRAY[${id}]::uuid[], ARRAY[${userId}]::uuid[], ${waitedMs}::float8,
                       ARRAY[${version}::integer], ARRAY[${json}::jsonb], ${userId}::uuid)`;
      if (verdict !== 'PENDING') throw refusalOf(verdict, invitation, check);
      return { status: 200, body: { competitionId, registrationId, status: 'PENDING' } satisfies Redeemed };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }

  private idOf(token: string): string {
    const id = verifyInvitationToken(this.env.jwtSecret, token);
    if (id === null) throw new DomainError('INVITATION_NOT_FOUND');
    return id;
  }
}

function refusalOf(verdict: Refusal, invitation: InvitationState, check: AnswerCheck | null): DomainError {
  const { registrationId, registrationStatus } = invitation;
  if (verdict === 'ANSWERS_INVALID')
    return new DomainError('VALIDATION_FAILED', problemsAsOptions(check?.problems ?? []));
  if (verdict === 'ALREADY_REGISTERED')
    return new DomainError(verdict, { extra: { registrationId, registrationStatus } });
  return new DomainError(verdict);
}

const STATE = `
SELECT i.id, i.competition_id AS "competitionId", c.title, iso_instant(c.start_date) AS "startDate", c.location,
       inviter.name AS "invitedBy", i.message, iso_instant(i.expires_at) AS "expiresAt",
       c.requires_answers AS "requiresAnswers", i.outcome,
       i.email = u.email AS "isForReader", u.email_verified_at IS NOT NULL AS "isVerified",
       u.role = 'PARTICIPANT' AS "isParticipant",
       EXISTS (
         SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.user_id = u.id
       ) AS "isStaff",
       c.deleted_at IS NOT NULL OR ${IS_DRAFT} AS "isHidden", c.cancelled_at IS NOT NULL AS "isCancelled",
       i.expires_at <= clock_timestamp() AS "isExpired",
       coalesce(r.status ${HOLDS_SEAT}, false) AS "holdsSeat", r.id AS "registrationId", r.status AS "registrationStatus"
FROM invitations i
JOIN competitions c ON c.id = i.competition_id
JOIN users u ON u.id = $2::uuid
LEFT JOIN users inviter ON inviter.id = i.invited_by_id
LEFT JOIN registrations r ON r.competition_id = c.id AND r.user_id = u.id AND r.status <> 'CANCELLED'
WHERE i.id = $1::uuid`;

async function getState(tx: Tx, id: string, userId: string): Promise<InvitationState> {
  const [state] = await tx.$queryRawUnsafe<InvitationState[]>(STATE, id, userId);
  if (state === undefined) throw new DomainError('INVITATION_NOT_FOUND');
  return state;
}
