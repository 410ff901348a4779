import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { verifyLeaveToken } from '../../messaging/templates/leave-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { AdmissionQueue } from '../admission/admission-queue.js';
import { type AdmissionResponse, responseTo } from '../admission/registrations.service.js';

/**
 * Leaves by the signed link in a message, without signing in: only the registration that the link was made for, or one's
 * membership of the team whose registration it is.
 */
@Injectable()
export class LeaveLinkService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly queue: AdmissionQueue,
  ) {}

  async describe(token: string): Promise<LeaveLinkInfo> {
    const { competition, user, status, team } = await this.getRegistration(token);
    return { competitionId: competition.id, title: competition.title, name: user.name, status, ...(team && { team }) };
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
    const participation = verifyLeaveToken(this.env.jwtSecret, token);
    const { rows } = await this.pool.query<LinkedRegistration>(LINKED, [
      participation?.registrationId,
      participation?.userId,
    ]);
    const [registration] = rows;
    if (registration === undefined) throw new DomainError('LEAVE_TOKEN_INVALID');
    return registration;
  }
}

interface LinkedRegistration {
  readonly id: string;
  readonly competition: { readonly id: string; readonly title: string };
  readonly user: { readonly id: string; readonly name: string };
  /** CANCELLED for who has left a team. */
  readonly status: LeaveLinkInfo['status'];
  /** The name of the team. */
  readonly team: string | null;
}

/** A draft has no registrations to end, and only its staff may see its title. */
const LINKED = `
  SELECT r.id, jsonb_build_object('id', c.id, 'title', c.title) AS competition,
         jsonb_build_object('id', u.id, 'name', u.name) AS "user", t.name AS team,
         CASE
           WHEN t.id IS NULL OR EXISTS (
             SELECT FROM team_members m WHERE m.team_id = t.id AND m.user_id = u.id AND m.left_at IS NULL
           ) THEN r.status::text
           ELSE 'CANCELLED'
         END AS status
  FROM registrations r
  JOIN competitions c ON c.id = r.competition_id AND c.visibility <> 'DRAFT'
  JOIN users u ON u.id = coalesce(r.user_id, $2::uuid)
  LEFT JOIN teams t ON t.id = r.team_id
  WHERE r.id = $1::uuid`;
