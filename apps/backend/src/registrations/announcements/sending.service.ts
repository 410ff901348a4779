import type {
  AnnouncementChanged,
  AnnouncementPreview,
  Audience,
  LeftOutReason,
} from '@mini-compete/shared/announcements';
import { Inject, Injectable } from '@nestjs/common';
import { quotaLeft, takeQuota } from '../../accounts/quotas/daily-quotas.js';
import { ensureVerified } from '../../accounts/verification/ensure-verified.js';
import { addPendingAct } from '../../competitions/acts/pending-acts.js';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { lockAsStaff } from '../../competitions/staff/staff-access.js';
import type { Participation } from '../../messaging/templates/participation.js';
import { type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ensureMayAnnounce, lockAnnouncement, lockDraft } from './announcement-access.js';
import type { AnnouncementParams } from './announcement-params.js';
import { ensureAnswersAreOffered } from './audience.rules.js';
import { AUDIENCE, audienceValues } from './audience.sql.js';
import { fillIn } from './fill-in.js';

interface Sample extends ReaderColumns {
  readonly name: string;
  readonly participation: Participation;
}

interface PreviewRow {
  readonly id: string;
  readonly recipients: number;
  readonly samples: readonly Sample[];
  readonly leftOut: { readonly reason: LeftOutReason; readonly count: number; readonly names: string[] }[];
}

/** From the preview of a draft to its pending act, and stopping what has begun. */
@Injectable()
export class SendingService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly questions: QuestionsRepository,
  ) {}

  /** Keeps whom it shows, for sending. Without an idempotency key: a stored response would keep names. */
  preview(competitionId: string, id: string, actor: Principal): Promise<AnnouncementPreview> {
    return this.prisma.$transaction(async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      const draft = await lockDraft(tx, competitionId, id);
      const competition = await tx.competition.findUniqueOrThrow({ where: { id: competitionId } });
      const audience = draft.audience as Audience;
      ensureAnswersAreOffered(audience, await this.questions.currentIn(tx, competitionId));
      const values = [...audienceValues(competitionId, audience), id, draft.version];
      const [row] = await tx.$queryRawUnsafe<[PreviewRow]>(PREVIEW, ...values);
      const samples = row.samples.map((person) => {
        const reader = readerOf(person);
        const { subject, html } = fillIn(draft, competition, person, reader, this.env);
        return { name: person.name, language: reader.language, subject, html };
      });
      const { resetsInSeconds: _, ...quota } = await quotaLeft(tx, this.quotaOf(competition));
      return { ...row, version: draft.version, samples, quota };
    });
  }

  /** Sends nothing yet: the job freezes who of the preview still belongs to the audience. */
  send(
    competitionId: string,
    id: string,
    previewId: string,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = {
      ...actor,
      key,
      fingerprint: fingerprint({ id: competitionId, announcementId: id }, { previewId }),
    };
    return this.idempotency.run('ANNOUNCEMENT_SEND', request, async (tx) => {
      const competition = await lockAsStaff(tx, competitionId, actor, 'announce');
      if (this.env.requireVerifiedEmail) await ensureVerified(tx, actor.userId);
      await ensureNoOlderServers(tx);
      const draft = await lockDraft(tx, competitionId, id);
      const preview = await tx.announcementPreview.findFirst({
        where: { id: previewId, announcementId: id, version: draft.version },
      });
      if (preview === null) throw new DomainError('PREVIEW_OUTDATED');
      // Under the lock of the competition, which editing the questions takes as well.
      ensureAnswersAreOffered(draft.audience as Audience, await this.questions.currentIn(tx, competitionId));
      const count = preview.userIds.length;
      if (count === 0) throw new DomainError('NO_RECIPIENTS');
      await takeQuota(tx, { ...this.quotaOf(competition), count });
      await tx.$executeRaw`
        UPDATE announcements SET requested_at = now(), preview_id = ${previewId}::uuid, quota_used = ${count}
        WHERE id = ${id}::uuid`;
      const pending = await addPendingAct(tx, this.outbox, {
        competitionId,
        kind: 'ANNOUNCEMENT',
        actorId: actor.userId,
        count,
        params: { announcementId: id } satisfies AnnouncementParams,
        job: 'announce',
        payload: (actId) => ({ announcementId: id, actId }),
      });
      const details = { actId: pending.id, count };
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'announcement.requested',
        subjectId: competitionId,
        details,
      });
      return { status: 202, body: pending };
    });
  }

  /**
   * Nobody gets a message whose message is not written yet, and no mail goes out that has not begun: the worker claims a
   * queued mail in the row that is changed here. Stopping again changes nothing.
   */
  stop(competitionId: string, id: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, announcementId: id }, {}) };
    return this.idempotency.run('ANNOUNCEMENT_STOP', request, async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      const announcement = await lockAnnouncement(tx, competitionId, id);
      const body: AnnouncementChanged = { id, version: announcement.version, state: 'STOPPED' };
      if (announcement.stoppedAt !== null) return { status: 200, body };
      if (announcement.frozenAt === null) throw new DomainError('ANNOUNCEMENT_NOT_SENDING');
      const halted = await tx.$executeRaw`
        UPDATE mailbox_messages m SET delivery = 'MAILBOX'
        FROM announcement_recipients r
        WHERE r.announcement_id = ${id}::uuid AND m.user_id = r.user_id AND m.kind = 'ANNOUNCEMENT'
          AND m.about_id = r.announcement_id AND m.occurrence = '' AND m.delivery = 'QUEUED'`;
      if (announcement.finishedAt !== null && halted === 0) throw new DomainError('ANNOUNCEMENT_NOT_SENDING');
      await tx.$executeRaw`UPDATE announcements SET stopped_at = now() WHERE id = ${id}::uuid`;
      await writeAudit(tx, { actorId: actor.userId, action: 'announcement.stopped', subjectId: competitionId });
      return { status: 200, body };
    });
  }

  private quotaOf({ organizerId }: { readonly organizerId: string }) {
    return { userId: organizerId, quota: 'ANNOUNCEMENTS', limit: this.env.announcementsPerDay } as const;
  }
}

const MAX_NAMES = 10;

/** The samples are the first, the middle and the last of the people: they differ more than the first three. */
const PREVIEW = `
  WITH audience AS MATERIALIZED (${AUDIENCE}), preview AS (
    INSERT INTO announcement_previews (announcement_id, version, user_ids)
    SELECT $6::uuid, $7, coalesce(array_agg(user_id ORDER BY registration_id, user_id) FILTER (WHERE left_out IS NULL), '{}')
    FROM audience
    RETURNING id, user_ids, cardinality(user_ids) AS n
  )
  SELECT p.id, p.n AS recipients, coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'name', name, 'language', language, 'timeZone', time_zone, 'participation', jsonb_build_object(
          'registrationId', registration_id, 'userId', CASE WHEN is_member THEN user_id END)
      ) ORDER BY registration_id, user_id)
      FROM audience WHERE user_id IN (p.user_ids[1], p.user_ids[(p.n + 1) / 2], p.user_ids[p.n])
    ), '[]') AS samples, coalesce((
      SELECT jsonb_agg(jsonb_build_object('reason', left_out, 'count', n, 'names', names) ORDER BY n DESC)
      FROM (
        SELECT left_out, count(*) AS n,
               (array_remove(array_agg(nullif(name, '') ORDER BY registration_id, user_id), NULL))[1:${MAX_NAMES}] AS names
        FROM audience WHERE left_out IS NOT NULL GROUP BY left_out
      ) reasons
    ), '[]') AS "leftOut"
  FROM preview p`;
