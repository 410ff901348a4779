import { Injectable } from '@nestjs/common';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { type CompetitionDetails, cancelled, changed } from '../../messaging/templates/message-texts.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { JOB_TRANSACTION, type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { Outbox, settle } from '../../platform/queue/outbox.js';
import { IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';

/** Smaller, because each batch holds the lock of the competition's row, and people who leave wait for it. */
const END_BATCH_SIZE = 200;
const MESSAGE_BATCH_SIZE = 500;

interface ActiveRegistration {
  id: string;
  userId: string;
  admission: bigint;
}

/** The part of canceling and changing a competition that concerns many registrations; the request changes one row. */
@Injectable()
export class CompetitionChangeJobs implements JobHandlers {
  readonly handlers = [
    single('cancelled', (run) => this.endRegistrations(run)),
    single('changed', (run) => this.sendChange(run)),
  ];

  constructor(
    private readonly prisma: PrismaService,
    private readonly messages: MessageSender,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /**
   * Ends the registrations of a canceled competition in batches, and writes the messages in the same transactions. A
   * run that was killed between two batches leaves active registrations, and the next run ends those.
   */
  private async endRegistrations({ outboxId, payload: { competitionId } }: Run<'cancelled'>): Promise<void> {
    for (let more = true; more; this.seats.notify(competitionId))
      more = await this.prisma.$transaction(async (tx) => {
        const competition = await lockCancelled(tx, competitionId);
        if (competition === null) {
          await settle(tx, [outboxId]);
          return false;
        }
        const registrations = await listActive(tx, competitionId, 0n, END_BATCH_SIZE);
        await tx.$queryRaw`
          SELECT end_registrations_v1(${registrations.map(({ id }) => id)}::uuid[], 'COMPETITION_CANCELLED', NULL, NULL)`;
        await this.messages.send(
          tx,
          registrations.map(({ userId }) => userId),
          { kind: 'COMPETITION_CANCELLED', aboutId: competitionId, competitionId, ...cancelled(competition) },
        );
        if (registrations.length === END_BATCH_SIZE) return true;
        await tx.$executeRaw`UPDATE competitions SET registrations_ended_at = now() WHERE id = ${competitionId}::uuid`;
        await settle(tx, [outboxId]);
        return false;
      }, JOB_TRANSACTION);
    this.outbox.wake();
  }

  /** A second run sends nothing again, because the version is part of the unique key of a message. */
  private async sendChange({ outboxId, payload: { competitionId, version, what } }: Run<'changed'>): Promise<void> {
    for (let after = 0n; ; ) {
      const last = await this.prisma.$transaction(async (tx) => {
        const competition = await findNotCancelled(tx, competitionId);
        const registrations =
          competition === null ? [] : await listActive(tx, competitionId, after, MESSAGE_BATCH_SIZE);
        if (competition !== null)
          await this.messages.send(
            tx,
            registrations.map(({ userId }) => userId),
            {
              kind: 'COMPETITION_CHANGED',
              aboutId: competitionId,
              occurrence: String(version),
              competitionId,
              ...changed(competition, what),
            },
          );
        if (registrations.length === MESSAGE_BATCH_SIZE) return registrations.at(-1)?.admission;
        await settle(tx, [outboxId]);
      }, JOB_TRANSACTION);
      if (last === undefined) return;
      after = last;
    }
  }
}

/** The row is the lock of all seats: without it, the seat of somebody who leaves meanwhile would be freed twice. */
async function lockCancelled(tx: Tx, competitionId: string): Promise<CompetitionDetails | null> {
  const [competition] = await tx.$queryRaw<CompetitionDetails[]>`
    SELECT title, start_date AS "startDate", end_date AS "endDate", location FROM competitions
    WHERE id = ${competitionId}::uuid AND cancelled_at IS NOT NULL AND registrations_ended_at IS NULL
    FOR NO KEY UPDATE`;
  return competition ?? null;
}

/** Null when it was canceled or deleted: there is another message about that. */
async function findNotCancelled(tx: Tx, competitionId: string): Promise<CompetitionDetails | null> {
  const [competition] = await tx.$queryRaw<CompetitionDetails[]>`
    SELECT title, start_date AS "startDate", end_date AS "endDate", location FROM competitions
    WHERE id = ${competitionId}::uuid AND cancelled_at IS NULL AND deleted_at IS NULL`;
  return competition ?? null;
}

/** In the order of admission. One SELECT per partial index. */
function listActive(tx: Tx, competitionId: string, after: bigint, limit: number): Promise<ActiveRegistration[]> {
  return tx.$queryRaw<ActiveRegistration[]>`
    SELECT id, user_id AS "userId", admission FROM (
      (SELECT id, user_id, admission FROM registrations
       WHERE competition_id = ${competitionId}::uuid AND status ${Prisma.raw(IS_SEATED)} AND admission > ${after}
       ORDER BY admission LIMIT ${limit})
      UNION ALL
      (SELECT id, user_id, admission FROM registrations
       WHERE competition_id = ${competitionId}::uuid AND status ${Prisma.raw(IS_WAITLISTED)} AND admission > ${after}
       ORDER BY admission LIMIT ${limit})
    ) active
    ORDER BY admission LIMIT ${limit}`;
}
