import type { CancelledCompetition, UpdateCompetition } from '@mini-compete/shared/competitions';
import { Injectable } from '@nestjs/common';
import type { Competition } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { type IdempotentResponse, IdempotencyService } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { CompetitionsRepository, type CompetitionText } from '../catalog/competitions.repository.js';
import { withRegistration } from '../catalog/competitions.service.js';
import { LiveSeats } from '../seats/live-seats.service.js';
import { lockOwnCompetition } from '../staff/own-competition.js';
import {
  announcedChanges,
  differences,
  ensureCapacityCovers,
  ensureDatesInOrder,
  ensureNoRegistrations,
  ensureNotCancelled,
  realChanges,
} from './editing.rules.js';
import type { ExpectedVersion } from './if-match.js';

/** From JSON: what is not said is absent, never `undefined`. */
type Said<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** What an organizer does with a competition. Each act: lock its row, look, decide, write. */
@Injectable()
export class EditingService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly competitions: CompetitionsRepository,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async edit(
    id: string,
    said: UpdateCompetition,
    isExpected: ExpectedVersion,
    organizer: Principal,
  ): Promise<CompetitionText> {
    const { answer, isEdited } = await this.prisma.$transaction(async (tx) => {
      const competition = await lockOwnCompetition(tx, id, organizer);
      if (!isExpected(competition.version))
        throw new DomainError('VERSION_STALE', { extra: { current: JSON.parse((await this.read(tx, id)).text) } });
      ensureNotCancelled(competition);
      ensureDatesInOrder(competition, said);
      ensureCapacityCovers(said.capacity, competition);

      const changes = realChanges(competition, said);
      const isEdited = Object.keys(changes).length > 0;
      if (isEdited) await this.change(tx, competition, changes, organizer);
      return { answer: await this.read(tx, id), isEdited };
    });
    if (isEdited) this.tellOthers(id);
    return answer;
  }

  /** From its commit nobody gets in. Ending the registrations, however many, and telling everyone is the worker's. */
  async cancel(id: string, organizer: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...organizer, key, fingerprint: fingerprint({ id }, {}) };
    const answer = await this.idempotency.run('CANCEL', request, async (tx) => {
      const competition = await lockOwnCompetition(tx, id, organizer);
      const cancelledAt = competition.cancelledAt ?? (await this.cancelNow(tx, id, organizer));
      const body: CancelledCompetition = { id, status: 'cancelled', cancelledAt: cancelledAt.toISOString() };
      return { status: 200, body };
    });
    this.tellOthers(id);
    return answer;
  }

  async delete(id: string, organizer: Principal): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      ensureNoRegistrations(await lockOwnCompetition(tx, id, organizer));
      await tx.competition.update({ where: { id }, data: { deletedAt: new Date() } });
      await audit(tx, organizer, 'competition.deleted', id);
    });
    this.tellOthers(id);
  }

  private async change(tx: Tx, before: Competition, changes: UpdateCompetition, organizer: Principal): Promise<void> {
    const { id } = before;
    const { capacity = before.capacity } = changes;
    const after = await tx.competition.update({
      where: { id },
      data: {
        ...(changes as Said<UpdateCompetition>),
        // Counted up or down, not set: were the lock ever missing, the check on the column would still stand.
        seatsLeft: { increment: capacity - before.capacity },
        version: { increment: 1 },
        updatedAt: new Date(),
      },
    });
    await reopenLine(tx, id);
    await tx.$executeRaw`SELECT promote_v1(${id}::uuid)`;

    const what = announcedChanges(before, after);
    if (what.length > 0) await this.outbox.add(tx, 'changed', { competitionId: id, version: after.version, what });
    await audit(tx, organizer, 'competition.edited', id, {
      version: after.version,
      changes: differences(before, after),
    });
  }

  private async cancelNow(tx: Tx, id: string, organizer: Principal): Promise<Date> {
    // The clock that admissions are stamped with, read while the row is held: nobody is stamped later than this.
    const [row] = await tx.$queryRaw<[{ at: Date }]>`
      UPDATE competitions
      SET cancelled_at = date_trunc('milliseconds', clock_timestamp()), updated_at = now(), version = version + 1
      WHERE id = ${id}::uuid
      RETURNING cancelled_at AS at`;
    await this.outbox.add(tx, 'cancelled', { competitionId: id });
    await audit(tx, organizer, 'competition.cancelled', id);
    return row.at;
  }

  private async read(tx: Tx, id: string): Promise<CompetitionText> {
    const { text, version } = await this.competitions.getIn(tx, id);
    return { text: withRegistration(text, null), version };
  }

  /** After the commit: relays have something to carry, and whoever watches sees it. */
  private tellOthers(id: string): void {
    this.outbox.wake();
    this.live.changed(id);
  }
}

/** By the database's clock, as all else about a deadline: who was told of it is told again only when it comes again. */
async function reopenLine(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE competitions SET line_closed_at = NULL
    WHERE id = ${id}::uuid AND line_closed_at IS NOT NULL AND reg_deadline > clock_timestamp()`;
}

async function audit(tx: Tx, { userId }: Principal, action: string, subjectId: string, details = {}): Promise<void> {
  // Through JSON: dates in it are instants.
  await tx.auditEntry.create({
    data: { actorId: userId, action, subjectId, details: JSON.parse(JSON.stringify(details)) },
  });
}
