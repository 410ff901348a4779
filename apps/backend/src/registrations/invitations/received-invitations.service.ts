import type { ReceivedInvitation, Redeem } from '@mini-compete/shared/invitations';
import { Inject, Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { verifyInvitationToken } from '../../messaging/templates/invitation-link.js';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import type { IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { IdempotentBatches } from '../../platform/idempotency/idempotent-batches.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { Caller } from '../admission/registrations.service.js';
import { AnswerChecker } from '../questions/answer-checker.js';
import { ensureForReader, ensureOpen, obstacleOf } from './invitation.rules.js';
import { findCompetitions, getState } from './invitation-states.js';
import { type RedeemRequest, redeemAll } from './redeeming.js';

/** The invited person's side of an invitation. */
@Injectable()
export class ReceivedInvitationsService {
  /** Of invitations. One read each would keep the connections of the pool from the transactions. */
  private readonly competitions: DataLoader<string>;
  private readonly batches: IdempotentBatches<RedeemRequest>;

  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
    private readonly prisma: PrismaService,
    private readonly answers: AnswerChecker,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {
    this.competitions = new DataLoader((ids) => findCompetitions(prisma, ids));
    this.batches = new IdempotentBatches(prisma, 'REDEEM', redeemAll);
  }

  async read(token: string, { userId }: Principal): Promise<ReceivedInvitation> {
    const invitation = await getState(this.prisma, { id: this.idOf(token), userId });
    ensureForReader(invitation);
    ensureOpen(invitation);
    const { competitionId, title, startDate, location, invitedBy, message, expiresAt } = invitation;
    const { requiresAnswers, registrationStatus } = invitation;
    const obstacle = obstacleOf(invitation);
    const about = { competitionId, title, startDate, location, invitedBy, message, expiresAt };
    return { ...about, requiresAnswers, registrationStatus, obstacle };
  }

  /** Redeeming is admission. Whether it came in time is decided by its arrival. */
  async redeem(token: string, answers: Redeem, { principal, key, arrival }: Caller): Promise<IdempotentResponse> {
    const id = this.idOf(token);
    const competitionId = await this.competitions.get(id);
    if (competitionId === null) throw new DomainError('INVITATION_NOT_FOUND');
    // Before the transaction: it would wait for a second connection while it holds one.
    const check = await this.answers.check(competitionId, answers);
    const request = { ...principal, key, fingerprint: fingerprint({ id }, answers), id, check, arrival };
    try {
      const response = await this.batches.run(competitionId, request);
      this.outbox.wake();
      this.live.changed(competitionId);
      return response;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'QUESTIONS_CHANGED') throw error;
      throw new DomainError('QUESTIONS_CHANGED', await this.answers.questionsNow(competitionId));
    }
  }

  private idOf(token: string): string {
    const id = verifyInvitationToken(this.env.jwtSecret, token);
    if (id === null) throw new DomainError('INVITATION_NOT_FOUND');
    return id;
  }
}
