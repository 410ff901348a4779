import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import type { Arrival } from '../common/http/arrival.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { fingerprint } from '../idempotency/fingerprint.js';
import { verifyLeaveToken } from '../mail/leave-link.js';
import { PrismaService } from '../prisma/prisma.module.js';
import { type Answer, decisionOf } from './registrations.service.js';
import { SeatDesk } from './seat-desk.js';

/** Leaving by the signed link of a message: exactly the registration it was written for, without signing in. */
@Injectable()
export class LeaveLinkService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly desk: SeatDesk,
  ) {}

  /** What the page shows before it asks; changes nothing. */
  async describe(token: string): Promise<LeaveLinkInfo> {
    const { competition, user, status } = await this.getRegistration(token);
    return { competitionId: competition.id, title: competition.title, name: user.name, status };
  }

  async leave(token: string, arrival: Arrival): Promise<Answer> {
    const { id, competition, user } = await this.getRegistration(token);
    const verdict = await this.desk.ask('leave', {
      competitionId: competition.id,
      userId: user.id,
      sessionId: null,
      key: null,
      fingerprint: fingerprint({ id }, {}),
      arrival,
      joins: false,
      registrationId: id,
    });
    const decision = decisionOf(verdict, false);
    if (decision instanceof DomainError) throw decision;
    return decision;
  }

  private async getRegistration(token: string) {
    const id = verifyLeaveToken(this.env.jwtSecret, token);
    const registration =
      id &&
      (await this.prisma.registration.findUnique({
        where: { id },
        select: {
          id: true,
          status: true,
          competition: { select: { id: true, title: true } },
          user: { select: { id: true, name: true } },
        },
      }));
    if (!registration) throw new DomainError('LEAVE_TOKEN_INVALID');
    return registration;
  }
}
