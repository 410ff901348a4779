import { randomUUID } from 'node:crypto';
import type {
  AnnouncementChanged,
  CreateAnnouncement,
  TestSent,
  UpdateAnnouncement,
} from '@mini-compete/shared/announcements';
import { Injectable } from '@nestjs/common';
import type { ExpectedVersion } from '../../competitions/editing/if-match.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ensureMayAnnounce, lockDraft } from './announcement-access.js';
import { AnnouncementsRepository } from './announcements.repository.js';

/** Drafts. */
@Injectable()
export class AnnouncementsService {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly announcements: AnnouncementsRepository,
    private readonly outbox: Outbox,
  ) {}

  create(
    competitionId: string,
    draft: CreateAnnouncement,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, draft) };
    return this.idempotency.run('ANNOUNCEMENT_CREATE', request, async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      const { subject, body, audience, onPage } = draft;
      const [row] = await tx.$queryRaw<[{ id: string }]>`
        INSERT INTO announcements (competition_id, author_id, subject, body, audience, on_page)
        VALUES (${competitionId}::uuid, ${actor.userId}::uuid, ${subject}, ${body}, ${JSON.stringify(audience)}::jsonb, ${onPage})
        RETURNING id`;
      return { status: 201, body: { id: row.id, version: 1, state: 'DRAFT' } satisfies AnnouncementChanged };
    });
  }

  edit(
    competitionId: string,
    id: string,
    changes: UpdateAnnouncement,
    isExpected: ExpectedVersion,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, announcementId: id }, changes) };
    return this.idempotency.run('ANNOUNCEMENT_EDIT', request, async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      const draft = await lockDraft(tx, competitionId, id);
      if (!isExpected(draft.version))
        throw new DomainError('VERSION_STALE', { extra: { current: await this.announcements.get(competitionId, id) } });
      const { subject = draft.subject, body = draft.body, audience = draft.audience, onPage = draft.onPage } = changes;
      await tx.$executeRaw`
        UPDATE announcements
        SET subject = ${subject}, body = ${body}, audience = ${JSON.stringify(audience)}::jsonb, on_page = ${onPage},
            version = version + 1, updated_at = now()
        WHERE id = ${id}::uuid`;
      return { status: 200, body: { id, version: draft.version + 1, state: 'DRAFT' } satisfies AnnouncementChanged };
    });
  }

  delete(competitionId: string, id: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, announcementId: id }, {}) };
    return this.idempotency.run('ANNOUNCEMENT_DELETE', request, async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      await lockDraft(tx, competitionId, id);
      await tx.announcement.delete({ where: { id } });
      return { status: 200, body: { id } };
    });
  }

  /** To the mailbox and the address of the person who asks, as saved when the job runs. */
  async sendTest(competitionId: string, id: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, announcementId: id }, {}) };
    const response = await this.idempotency.run('ANNOUNCEMENT_TEST', request, async (tx) => {
      await ensureMayAnnounce(tx, competitionId, actor);
      await ensureNoOlderServers(tx);
      await lockDraft(tx, competitionId, id);
      const { email } = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { email: true } });
      const payload = { announcementId: id, userId: actor.userId, testId: randomUUID() };
      await this.outbox.add(tx, 'announcement-test', payload);
      return { status: 202, body: { email } satisfies TestSent };
    });
    this.outbox.wake();
    return response;
  }
}
