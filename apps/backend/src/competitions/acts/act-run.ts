import type { Queryable } from '../../platform/database/transaction.js';

/** A pending act, as the job that runs it sees it. */
export interface ActRun {
  readonly competitionId: string;
  readonly actorId: string;
  readonly isUndone: boolean;
  /** How many of its items earlier batches have run. */
  readonly handled: number;
  readonly params: unknown;
}

/** The competition's row first: it is the lock of its seats, and of undoing. What is read after it stays true. */
export async function lockAct(tx: Queryable, actId: string): Promise<ActRun | null> {
  await tx.query(
    `SELECT FROM competitions WHERE id = (SELECT competition_id FROM pending_acts WHERE id = $1) FOR NO KEY UPDATE`,
    [actId],
  );
  const { rows } = await tx.query<ActRun>(
    `SELECT competition_id AS "competitionId", actor_id AS "actorId", undone_at IS NOT NULL AS "isUndone", handled, params
     FROM pending_acts WHERE id = $1`,
    [actId],
  );
  return rows[0] ?? null;
}

/**
 * Claims the act with its first batch, and says how far it is: a run that was killed goes on after that. What it needed to
 * run, such as the reason of a removal, does not outlive it: an erasure of an account would not find it.
 */
export async function advanceAct(tx: Queryable, actId: string, handled: number, isDone: boolean): Promise<void> {
  await tx.query(
    `UPDATE pending_acts
     SET claimed_at = coalesce(claimed_at, now()), handled = handled + $2, done_at = CASE WHEN $3 THEN now() END,
         params = CASE WHEN $3 THEN '{}' ELSE params END
     WHERE id = $1`,
    [actId, handled, isDone],
  );
}
