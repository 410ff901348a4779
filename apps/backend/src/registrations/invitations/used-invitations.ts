import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { IS_SEATED } from '../../registry/registration-statuses.js';

/**
 * Ends the open invitations of people who have got a seat without accepting them: each one would keep a second seat
 * reserved for the same person until it expires. By the worker, with the confirmation of the seat, so that registering
 * does not look for invitations.
 */
@Injectable()
export class UsedInvitations {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /** In transactions of its own: the caller locks registrations next, and the lock of the competition comes first. */
  async endFor(registrationIds: readonly string[]): Promise<void> {
    const { rows } = await this.pool.query<{ id: string }>({
      name: 'used_invitations',
      text: `SELECT DISTINCT competition_id AS id FROM (${USED}) used ORDER BY 1`,
      values: [registrationIds],
    });
    for (const { id } of rows) {
      await inTransaction(this.pool, (tx) => end(tx, id, registrationIds));
      this.seats.notify(id);
    }
    if (rows.length > 0) this.outbox.wake();
  }
}

/** LATERAL and LIMIT, so that each row is looked up by its index. Nobody uses up an invitation to another's address. */
const USED = `
  SELECT r.competition_id, r.user_id, i.id
  FROM unnest($1::uuid[]) AS given (id), LATERAL (
    SELECT competition_id, user_id FROM registrations WHERE id = given.id AND status ${IS_SEATED} LIMIT 1
  ) r, LATERAL (
    SELECT id FROM competitions
    WHERE id = r.competition_id AND reserved > 0 AND cancelled_at IS NULL AND deleted_at IS NULL LIMIT 1
  ) c, LATERAL (
    SELECT email FROM users WHERE id = r.user_id AND email_verified_at IS NOT NULL LIMIT 1
  ) u, LATERAL (
    SELECT id FROM invitations WHERE competition_id = r.competition_id AND email = u.email AND ended_at IS NULL LIMIT 1
  ) i`;

/** Under the lock, which an acceptance or a withdrawal needs as well: only what is still open then ends. */
async function end(tx: Queryable, competitionId: string, registrationIds: readonly string[]): Promise<void> {
  await tx.query('SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE', [competitionId]);
  await tx.query(
    `SELECT end_invitations_v1(competition_id, ARRAY[id], 'REDEEMED', user_id)
     FROM (${USED}) used WHERE competition_id = $2`,
    [registrationIds, competitionId],
  );
  await tx.query('SELECT promote_v1($1), set_next_expiry_v1($1)', [competitionId]);
}
