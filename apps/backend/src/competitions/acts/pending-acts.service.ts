import type { PendingAct, PendingActs, UndoneAct } from '@mini-compete/shared/pending-acts';
import { Inject, Injectable } from '@nestjs/common';
import { writeAudit } from '../../platform/audit/audit.js';
import type { PendingAct as PendingActRow } from '../../platform/database/generated/client.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { LiveSeats } from '../seats/live-seats.service.js';
import { lockAsStaff } from '../staff/staff-access.js';
import { UNDO_EFFECTS, type UndoEffect } from './undo-effect.js';

/** Acts that wait for `UNDO_SECONDS` before they run, and can be undone until a worker has claimed them. */
@Injectable()
export class PendingActsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
    @Inject(UNDO_EFFECTS) private readonly effects: readonly UndoEffect[],
  ) {}

  /** Those that are not done, oldest first. */
  async list(competitionId: string): Promise<PendingActs> {
    const [row] = await this.prisma.$queryRawUnsafe<[{ items: PendingAct[]; serverTime: string }]>(LIST, competitionId);
    return row;
  }

  /**
   * Undo and claim both hold the competition's lock: exactly one of them finds the act open. Undoing again, also by
   * another manager, changes nothing.
   */
  async undo(competitionId: string, actId: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, actId }, {}) };
    const response = await this.idempotency.run('UNDO', request, async (tx) => {
      await lockAsStaff(tx, competitionId, actor, 'undo');
      const pending = await tx.pendingAct.findFirst({ where: { id: actId, competitionId } });
      if (pending === null) throw new DomainError('ACT_NOT_FOUND');
      if (pending.undoneAt === null) await this.stop(tx, pending, actor);
      const body: UndoneAct = { id: actId, state: 'UNDONE' };
      return { status: 200, body };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }

  private async stop(tx: Tx, pending: PendingActRow, { userId }: Principal): Promise<void> {
    if (pending.claimedAt !== null) throw new DomainError('TOO_LATE_TO_UNDO');
    await tx.$executeRaw`UPDATE pending_acts SET undone_at = now(), params = '{}' WHERE id = ${pending.id}::uuid`;
    // Otherwise the job would run after all when the competition is canceled again within its delay.
    await tx.$executeRaw`
      UPDATE outbox SET settled_at = now(), outdated = true WHERE id = ${pending.outboxId}::uuid AND settled_at IS NULL`;
    const audit = {
      actorId: userId,
      subjectId: pending.competitionId,
      details: { actId: pending.id, count: pending.count },
    };
    if (pending.kind === 'CANCELLATION') {
      await reopen(tx, pending.competitionId);
      await writeAudit(tx, { ...audit, action: 'competition.reopened' });
      return;
    }
    const effect = this.effects.find(({ kind }) => kind === pending.kind);
    await effect?.undo(tx, pending);
    await writeAudit(tx, { ...audit, action: effect?.action ?? 'removal.undone' });
  }
}

/**
 * Nobody was promoted while the competition was canceled. A person who left meanwhile, while people were promoted, has left
 * a seat that belongs to the waitlist, also if that time has passed since: `next_due_at` makes promote_v1 give it away.
 */
async function reopen(tx: Tx, competitionId: string): Promise<void> {
  const reopened = await tx.$executeRaw`
    UPDATE competitions c
    SET cancelled_at = NULL, updated_at = now(), version = version + 1,
        next_due_at = CASE
          WHEN seats_left > 0 AND waiting > 0 AND promotes_until(c) > cancelled_at THEN coalesce(next_due_at, clock_timestamp())
        END
    WHERE id = ${competitionId}::uuid AND cancelled_at IS NOT NULL AND registrations_ended_at IS NULL
      -- A worker of the previous version claims nothing.
      AND NOT EXISTS (
        SELECT FROM registrations r
        WHERE r.competition_id = c.id AND r.status = 'CANCELLED' AND r.end_reason = 'COMPETITION_CANCELLED'
      )`;
  if (reopened === 0) throw new DomainError('TOO_LATE_TO_UNDO');
  await tx.$executeRaw`SELECT set_next_expiry_v1(${competitionId}::uuid), promote_v1(${competitionId}::uuid)`;
}

/** `done_at` is not written by a worker of the previous version, which ends the registrations of a cancellation too. */
const LIST = `
  SELECT iso_instant(clock_timestamp()) AS "serverTime", coalesce((
    SELECT jsonb_agg(jsonb_build_object(
      'id', a.id, 'kind', a.kind, 'state', CASE WHEN a.claimed_at IS NULL THEN 'PENDING' ELSE 'RUNNING' END,
      'count', a.count, 'actor', jsonb_build_object('id', a.actor_id, 'name', nullif(u.name, '')),
      'createdAt', iso_instant(a.created_at), 'dueAt', iso_instant(a.due_at)
    ) ORDER BY a.created_at, a.id)
    FROM pending_acts a
    JOIN competitions c ON c.id = a.competition_id
    LEFT JOIN users u ON u.id = a.actor_id
    WHERE a.competition_id = $1::uuid AND a.done_at IS NULL AND a.undone_at IS NULL
      AND NOT (a.kind = 'CANCELLATION' AND c.registrations_ended_at IS NOT NULL)
  ), '[]') AS items`;
