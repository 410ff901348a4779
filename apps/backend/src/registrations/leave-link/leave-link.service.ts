import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import { verifyLeaveToken } from '../../messaging/templates/leave-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { AdmissionQueue } from '../admission/admission-queue.js';
import { type AdmissionResponse, responseTo } from '../admission/registrations.service.js';

/** Leaves by the signed link in a message, without signing in: only the registration that the link was made for. */
@Injectable()
export class LeaveLinkService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly queue: AdmissionQueue,
  ) {}

  async describe(token: string): Promise<LeaveLinkInfo> {
    const { competition, user, status } = await this.getRegistration(token);
    return { competitionId: competition.id, title: competition.title, name: user.name, status };
  }

  async leave(token: string, arrival: Arrival): Promise<AdmissionResponse> {
    const { id, competition, user } = await this.getRegistration(token);
    const result = await this.queue.submit('leave', {
      competitionId: competition.id,
      userId: user.id,
      sessionId: null,
      key: null,
      fingerprint: fingerprint({ id }, {}),
      arrival,
      joinWaitlist: false,
      verifiedOnly: false,
      teamId: null,
      answers: null,
      registrationId: id,
    });
    const response = responseTo(result, false);
    if ('code' in response) throw new DomainError(response.code, response.options);
    return response;
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
          competition: { select: { id: true, title: true, visibility: true } },
          user: { select: { id: true, name: true } },
        },
      }));
    // A draft has no registrations to end, and only its staff may see its title.
    const user = registration ? registration.user : null;
    if (!registration || user === null || registration.competition.visibility === 'DRAFT')
      throw new DomainError('LEAVE_TOKEN_INVALID');
    return { ...registration, user };
  }
}
