import { randomUUID } from 'node:crypto';
import type { PendingAct, PendingActKind } from '@mini-compete/shared/pending-acts';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { Queryable } from '../../platform/database/transaction.js';
import type { Outbox } from '../../platform/queue/outbox.js';
import type { JobName, Payload } from '../../registry/jobs.js';

export interface NewPendingAct<Name extends JobName> {
  readonly competitionId: string;
  readonly kind: PendingActKind;
  readonly actorId: string;
  /** How many people it concerns. */
  readonly count: number;
  readonly params?: object;
  /** The job that runs it. */
  readonly job: Name;
  readonly payload: (actId: string) => Payload<Name>;
}

/** Enqueues the job of the act with a delay, in which it can be undone. Under the lock of the competition. */
export async function addPendingAct<Name extends JobName>(
  tx: Tx,
  outbox: Outbox,
  { competitionId, kind, actorId, count, params = {}, job, payload }: NewPendingAct<Name>,
): Promise<PendingAct> {
  const id = randomUUID();
  const outboxId = await outbox.add(tx, job, payload(id), { delaySeconds: UNDO_SECONDS });
  const [times] = await tx.$queryRaw<[Pick<PendingAct, 'createdAt' | 'dueAt'> & { name: string }]>`
    INSERT INTO pending_acts (id, competition_id, kind, params, count, actor_id, outbox_id, due_at)
    SELECT ${id}::uuid, ${competitionId}::uuid, ${kind}, ${JSON.stringify(params)}::jsonb, ${count}, ${actorId}::uuid,
           o.id, o.due_at
    FROM outbox o WHERE o.id = ${outboxId}::uuid
    RETURNING iso_instant(created_at) AS "createdAt", iso_instant(due_at) AS "dueAt",
              (SELECT name FROM users WHERE id = actor_id) AS name`;
  const { name, ...instants } = times;
  return { id, kind, state: 'PENDING', count, actor: { id: actorId, name }, ...instants };
}

/**
 * From then on the act cannot be undone. In the worker, under the lock of the competition, in the transaction that
 * begins with its effects. A cancellation by a server of the previous version has no act: its organizer was not promised
 * that it can be undone.
 */
export async function claimCancellation(tx: Queryable, competitionId: string): Promise<void> {
  await tx.query(
    `UPDATE pending_acts SET claimed_at = now()
     WHERE competition_id = $1 AND kind = 'CANCELLATION' AND claimed_at IS NULL AND undone_at IS NULL`,
    [competitionId],
  );
}

export async function finishCancellation(tx: Queryable, competitionId: string): Promise<void> {
  await tx.query(
    `UPDATE pending_acts SET done_at = now()
     WHERE competition_id = $1 AND kind = 'CANCELLATION' AND claimed_at IS NOT NULL AND done_at IS NULL`,
    [competitionId],
  );
}

/**
 * A condition: the competition is canceled, and that can no longer be undone. Until then its registrations are active, so
 * what their messages say is true; and after an undo, nobody must have missed one.
 */
export const isCalledOff = (competition: string): string =>
  `(${competition}.cancelled_at IS NOT NULL AND NOT EXISTS (
    SELECT FROM pending_acts a
    WHERE a.competition_id = ${competition}.id AND a.kind = 'CANCELLATION'
      AND a.claimed_at IS NULL AND a.undone_at IS NULL AND a.done_at IS NULL
  ))`;
