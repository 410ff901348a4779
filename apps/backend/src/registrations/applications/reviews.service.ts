import type { ReviewApplication } from '@mini-compete/shared/applications';
import { Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService } from '../../platform/idempotency/idempotency.service.js';
import { ApplicationsRepository } from './applications.repository.js';

interface LockedApplication {
  /** Null for a team. */
  readonly userId: string | null;
  readonly teamId: string | null;
  readonly status: string;
  readonly endReason: string | null;
}

/** What each member of the staff thinks of an application. */
@Injectable()
export class ReviewsService {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly applications: ApplicationsRepository,
  ) {}

  /** Returns the application as it is now, which shows the others' reviews as well; a replay too. */
  async review(
    competitionId: string,
    registrationId: string,
    review: ReviewApplication,
    reviewer: Principal,
    key: string | null,
  ): Promise<{ readonly text: string; readonly replayed: boolean }> {
    const { userId: reviewerId } = reviewer;
    const request = { ...reviewer, key, fingerprint: fingerprint({ id: competitionId, registrationId }, review) };
    const { replayed } = await this.idempotency.run('REVIEW', request, async (tx) => {
      const application = await lockUndecided(tx, competitionId, registrationId);
      const isChanged = await store(tx, { competitionId, registrationId, reviewerId }, review);
      // Without the score: the history must not show others' reviews to somebody who has not given one.
      const { userId, teamId } = application;
      const details = { registrationId, ...(teamId === null ? { userId } : { teamId }) };
      if (isChanged)
        await writeAudit(tx, {
          actorId: reviewerId,
          action: 'application.reviewed',
          subjectId: competitionId,
          details,
        });
      // Not the application: what others have written must not outlive their account in a stored response.
      return { status: 200, body: { registrationId } };
    });
    const text = await this.applications.find(competitionId, reviewerId, registrationId);
    if (text === null) throw new DomainError('REGISTRATION_NOT_FOUND');
    return { text, replayed };
  }
}

/** Locked for share: without it, a review could be written, and change the mean, after the decision. */
async function lockUndecided(tx: Tx, competitionId: string, registrationId: string): Promise<LockedApplication> {
  const [application] = await tx.$queryRaw<LockedApplication[]>`
    SELECT user_id AS "userId", team_id AS "teamId", status, end_reason AS "endReason" FROM registrations
    WHERE id = ${registrationId}::uuid AND competition_id = ${competitionId}::uuid AND end_reason IS DISTINCT FROM 'ERASED'
    FOR SHARE`;
  if (application === undefined) throw new DomainError('REGISTRATION_NOT_FOUND');
  const { status, endReason } = application;
  if (status === 'CANCELLED' && endReason !== 'REJECTED')
    throw new DomainError('NOT_REGISTERED', { detail: { key: 'hasLeft' } });
  if (status !== 'APPLIED') throw new DomainError('ALREADY_DECIDED');
  return application;
}

/** Returns false for the same review once more. */
async function store(
  tx: Tx,
  ids: { competitionId: string; registrationId: string; reviewerId: string },
  { score, note }: ReviewApplication,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    INSERT INTO application_reviews AS r (registration_id, reviewer_id, competition_id, score, note)
    VALUES (${ids.registrationId}::uuid, ${ids.reviewerId}::uuid, ${ids.competitionId}::uuid, ${score}, ${note})
    ON CONFLICT (registration_id, reviewer_id) DO UPDATE
      SET score = excluded.score, note = excluded.note, updated_at = now()
      WHERE (r.score, r.note) IS DISTINCT FROM (excluded.score, excluded.note)`;
  return changed > 0;
}
