import { Injectable } from '@nestjs/common';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { type CompetitionFacts, cancelled, changed } from '../../messaging/templates/message-texts.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { JOB_TRANSACTION, type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { Outbox, settle } from '../../platform/queue/outbox.js';

/** Small, since the competition's row is held meanwhile and somebody may want to leave. */
const ENDED_AT_ONCE = 200;
const TOLD_AT_ONCE = 500;

interface Entrant {
  id: string;
  userId: string;
  admission: bigint;
}

/** Acts of an organizer that concern many people: the request flips a row, the rest is done here. */
@Injectable()
export class CompetitionChangeJobs implements JobHandlers {
  readonly handlers = [
    single('cancelled', (run) => this.endAll(run)),
    single('changed', (run) => this.tellOfChange(run)),
  ];

  constructor(
    private readonly prisma: PrismaService,
    private readonly tell: MessageSender,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /**
   * Ends the registrations of a cancelled competition, batch after batch; who is ended is told in the same
   * transaction. Killed anywhere it goes on with those who are still active.
   */
  private async endAll({ outboxId, payload: { competitionId } }: Run<'cancelled'>): Promise<void> {
    for (let more = true; more; this.seats.notify(competitionId))
      more = await this.prisma.$transaction(async (tx) => {
        const competition = await lockCancelled(tx, competitionId);
        if (competition === null) {
          await settle(tx, [outboxId]);
          return false;
        }
        const entrants = await active(tx, competitionId, 0n, ENDED_AT_ONCE);
        await tx.$queryRaw`
          SELECT end_registrations_v1(${entrants.map(({ id }) => id)}::uuid[], 'COMPETITION_CANCELLED', NULL, NULL)`;
        await this.tell.send(
          tx,
          entrants.map(({ userId }) => userId),
          { kind: 'COMPETITION_CANCELLED', aboutId: competitionId, competitionId, ...cancelled(competition) },
        );
        if (entrants.length === ENDED_AT_ONCE) return true;
        await tx.$executeRaw`UPDATE competitions SET registrations_ended_at = now() WHERE id = ${competitionId}::uuid`;
        await settle(tx, [outboxId]);
        return false;
      }, JOB_TRANSACTION);
    this.outbox.wake();
  }

  /** One message per person and version; begun again it tells only whom it has not told. */
  private async tellOfChange({ outboxId, payload: { competitionId, version, what } }: Run<'changed'>): Promise<void> {
    for (let after = 0n; ; ) {
      const last = await this.prisma.$transaction(async (tx) => {
        const competition = await findStanding(tx, competitionId);
        const entrants = competition === null ? [] : await active(tx, competitionId, after, TOLD_AT_ONCE);
        if (competition !== null)
          await this.tell.send(
            tx,
            entrants.map(({ userId }) => userId),
            {
              kind: 'COMPETITION_CHANGED',
              aboutId: competitionId,
              occurrence: String(version),
              competitionId,
              ...changed(competition, what),
            },
          );
        if (entrants.length === TOLD_AT_ONCE) return entrants.at(-1)?.admission;
        await settle(tx, [outboxId]);
      }, JOB_TRANSACTION);
      if (last === undefined) return;
      after = last;
    }
  }
}

/** The row is the lock of all seats: without it somebody who leaves at this moment would be counted twice. */
async function lockCancelled(tx: Tx, competitionId: string): Promise<CompetitionFacts | null> {
  const [competition] = await tx.$queryRaw<CompetitionFacts[]>`
    SELECT title, start_date AS "startDate", end_date AS "endDate", location FROM competitions
    WHERE id = ${competitionId}::uuid AND cancelled_at IS NOT NULL AND registrations_ended_at IS NULL
    FOR NO KEY UPDATE`;
  return competition ?? null;
}

/** Null when it was cancelled or deleted since: of that people are told instead. */
async function findStanding(tx: Tx, competitionId: string): Promise<CompetitionFacts | null> {
  const [competition] = await tx.$queryRaw<CompetitionFacts[]>`
    SELECT title, start_date AS "startDate", end_date AS "endDate", location FROM competitions
    WHERE id = ${competitionId}::uuid AND cancelled_at IS NULL AND deleted_at IS NULL`;
  return competition ?? null;
}

/** In the order of admission, out of the two indexes that have it: seated and waiting. */
function active(tx: Tx, competitionId: string, after: bigint, limit: number): Promise<Entrant[]> {
  return tx.$queryRaw<Entrant[]>`
    SELECT id, user_id AS "userId", admission FROM (
      (SELECT id, user_id, admission FROM registrations
       WHERE competition_id = ${competitionId}::uuid AND status IN ('PENDING', 'CONFIRMED') AND admission > ${after}
       ORDER BY admission LIMIT ${limit})
      UNION ALL
      (SELECT id, user_id, admission FROM registrations
       WHERE competition_id = ${competitionId}::uuid AND status = 'WAITLISTED' AND admission > ${after}
       ORDER BY admission LIMIT ${limit})
    ) active
    ORDER BY admission LIMIT ${limit}`;
}
