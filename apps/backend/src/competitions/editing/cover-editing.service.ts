import type { Readable } from 'node:stream';
import { PICTURE_BYTES } from '@mini-compete/shared/picture-limits';
import { Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import { Semaphore } from '../../platform/concurrency/semaphore.js';
import type { CompetitionCover } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { readBody } from '../../platform/http/read-body.js';
import { PictureRenderer, type Rendition } from '../../platform/pictures/picture-renderer.js';
import { CompetitionsRepository, type CompetitionText } from '../catalog/competitions.repository.js';
import { COVER_SHAPE, CoversRepository, hashOf } from '../covers/covers.repository.js';
import { LiveSeats } from '../seats/live-seats.service.js';
import { lockAsStaff } from '../staff/staff-access.js';
import { ensureNotCancelled } from './editing.rules.js';

/** Each may hold `PICTURE_BYTES` until the picture has been decoded. */
const MAX_UPLOADS = 8;
const UPLOAD = { bytes: PICTURE_BYTES, detail: { key: 'pictureBytes' } } as const;

/** What happened to the cover, for the audit log. Nothing when it is as before. */
type Changes = { readonly cover?: 'added' | 'replaced' | 'removed'; readonly coverAlt?: { from: string; to: string } };

/**
 * Changes of the cover picture. They count as edits of the competition, and need no idempotency key: a request that is
 * repeated finds the same cover and changes nothing.
 */
@Injectable()
export class CoverEditingService {
  private readonly uploads = new Semaphore(MAX_UPLOADS, 0);

  constructor(
    private readonly prisma: PrismaService,
    private readonly competitions: CompetitionsRepository,
    private readonly covers: CoversRepository,
    private readonly pictures: PictureRenderer,
    private readonly live: LiveSeats,
  ) {}

  /** The picture is read and decoded before the lock: people who register do not wait for an upload. */
  async replace(id: string, upload: Readable, alt: string, actor: Principal): Promise<CompetitionText> {
    const renditions = await this.uploads.run(async () =>
      this.pictures.render(await readBody(upload, UPLOAD), COVER_SHAPE),
    );
    return this.edit(id, actor, (tx, before) => this.put(tx, id, before, renditions, alt));
  }

  describe(id: string, alt: string, actor: Principal): Promise<CompetitionText> {
    return this.edit(id, actor, async (tx, before) => {
      if (before === null) throw new DomainError('COVER_NOT_FOUND');
      if (before.alt === alt) return {};
      await this.covers.describe(tx, before, alt);
      return { coverAlt: { from: before.alt, to: alt } };
    });
  }

  remove(id: string, actor: Principal): Promise<CompetitionText> {
    return this.edit(id, actor, async (tx, before) => {
      if (before === null) return {};
      await this.covers.remove(tx, before);
      return { cover: 'removed' };
    });
  }

  private async put(
    tx: Tx,
    competitionId: string,
    before: CompetitionCover | null,
    renditions: readonly Rendition[],
    alt: string,
  ): Promise<Changes> {
    const hash = hashOf(renditions);
    const changes: Changes = {
      ...(before?.hash !== hash && { cover: before === null ? 'added' : 'replaced' }),
      ...(before !== null && before.alt !== alt && { coverAlt: { from: before.alt, to: alt } }),
    };
    if (Object.keys(changes).length > 0)
      await this.covers.replace(tx, before, { competitionId, hash, alt }, renditions);
    return changes;
  }

  private async edit(
    id: string,
    actor: Principal,
    change: (tx: Tx, before: CompetitionCover | null) => Promise<Changes>,
  ): Promise<CompetitionText> {
    const response = await this.prisma.$transaction(async (tx) => {
      const competition = await lockAsStaff(tx, id, actor, 'edit');
      ensureNotCancelled(competition);
      const changes = await change(tx, await this.covers.find(tx, id));
      if (Object.keys(changes).length > 0) await recordEdit(tx, id, actor, changes);
      return this.competitions.getForStaff(tx, id, competition.staffRole);
    });
    // Open pages show it.
    this.live.changed(id);
    return response;
  }
}

async function recordEdit(tx: Tx, id: string, { userId }: Principal, changes: Changes): Promise<void> {
  const [row] = await tx.$queryRaw<[{ version: number }]>`
    UPDATE competitions SET version = version + 1, updated_at = now() WHERE id = ${id}::uuid RETURNING version`;
  const details = { version: row.version, changes };
  await writeAudit(tx, { actorId: userId, action: 'competition.edited', subjectId: id, details });
}
