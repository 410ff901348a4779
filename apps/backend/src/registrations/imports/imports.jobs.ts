import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { lockUnsettled, Outbox, settle } from '../../platform/queue/outbox.js';
import { PROVED_ADDRESS } from './imports.repository.js';

/** Each batch holds the lock of the competition's row, and people who register or leave wait for it. */
const BATCH_SIZE = 200;

interface RunningImport {
  readonly competitionId: string;
  readonly committedById: string;
  readonly notify: boolean;
  readonly lastRow: number;
}

interface Row {
  readonly row: number;
  readonly invitationId: string;
  /** Of the account that has proved the address. */
  readonly userId: string | null;
}

type Outcome = 'SEATED' | 'INVITED' | 'SKIPPED' | 'ENDED';

/** Registers or invites the people of an import. Their seats were reserved when it was committed. */
@Injectable()
export class ImportJobs implements JobHandlers {
  readonly handlers = [single('import', (run) => this.run(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /** Each batch commits with the row up to which the import has come: a run that was killed goes on after it. */
  private async run({ outboxId, payload: { importId } }: Run<'import'>): Promise<void> {
    for (let more = true; more; )
      more = await inTransaction(this.pool, async (tx) => {
        const running = await lockImport(tx, importId);
        if (!(await lockUnsettled(tx, outboxId))) return false;
        if (running === null) {
          await settle(tx, outboxId, 'outdated');
          return false;
        }
        const rows = await nextRows(tx, importId, running.lastRow);
        await finishBatch(tx, importId, rows, await handle(tx, running, rows));
        this.seats.notify(running.competitionId);
        if (rows.length === BATCH_SIZE) return true;
        await tx.query('UPDATE imports SET finished_at = now() WHERE id = $1', [importId]);
        await settle(tx, outboxId);
        return false;
      });
    this.outbox.wake();
  }
}

/** The competition's row first: it is the lock of its seats. Null when the import was deleted. */
async function lockImport(tx: Queryable, id: string): Promise<RunningImport | null> {
  await tx.query(
    'SELECT FROM competitions WHERE id = (SELECT competition_id FROM imports WHERE id = $1) FOR NO KEY UPDATE',
    [id],
  );
  const { rows } = await tx.query<RunningImport>(
    `SELECT competition_id AS "competitionId", committed_by_id AS "committedById", notify, last_row AS "lastRow"
     FROM imports WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

async function nextRows(tx: Queryable, importId: string, lastRow: number): Promise<Row[]> {
  const { rows } = await tx.query<Row>(
    `SELECT r.row, r.invitation_id AS "invitationId", u.id AS "userId"
     FROM import_rows r
     LEFT JOIN users u ON ${PROVED_ADDRESS}
     WHERE r.import_id = $1 AND r.row > $2 AND r.invitation_id IS NOT NULL
     ORDER BY r.row LIMIT ${BATCH_SIZE}`,
    [importId, lastRow],
  );
  return rows;
}

/** Returns the outcomes of the rows, in their order. */
async function handle(tx: Queryable, running: RunningImport, rows: readonly Row[]): Promise<Outcome[]> {
  const verdicts = await redeem(tx, running, rows);
  const unneeded = rows.filter(({ row }) => isUnneeded(verdicts.get(row)));
  await releaseSeats(tx, running, unneeded);
  const open = await openAmong(tx, rows);
  const invited = rows.filter(({ row, invitationId }) => verdicts.get(row) !== 'PENDING' && open.has(invitationId));
  if (running.notify) await invite(tx, invited);
  const isInvited = new Set(invited);
  return rows.map((row) => {
    if (verdicts.get(row.row) === 'PENDING') return 'SEATED';
    if (isUnneeded(verdicts.get(row.row))) return 'SKIPPED';
    return isInvited.has(row) ? 'INVITED' : 'ENDED';
  });
}

/** The person has got a seat, or joined the staff, since the import was committed. */
const isUnneeded = (verdict: string | undefined): boolean =>
  verdict === 'ALREADY_REGISTERED' || verdict === 'INVITATION_USED' || verdict === 'STAFF_CANNOT_REGISTER';

/** Results of redeem_v2 by row. Questions stay unanswered. */
async function redeem(
  tx: Queryable,
  { competitionId, committedById }: RunningImport,
  rows: readonly Row[],
): Promise<ReadonlyMap<number, string>> {
  const known = rows.filter(({ userId }) => userId !== null);
  if (known.length === 0) return new Map();
  const { rows: results } = await tx.query<{ n: number; verdict: string }>(
    'SELECT n, verdict FROM redeem_v2($1, $2, $3, $4, NULL, NULL, $5)',
    [
      competitionId,
      known.map(({ invitationId }) => invitationId),
      known.map(({ userId }) => userId),
      known.map(() => 0),
      known.map(() => committedById),
    ],
  );
  return new Map(results.map(({ n, verdict }) => [known[n - 1]?.row ?? 0, verdict]));
}

/** Otherwise the person would keep two seats from others. */
async function releaseSeats(
  tx: Queryable,
  { competitionId, committedById }: RunningImport,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map(({ invitationId }) => invitationId);
  await tx.query(`SELECT end_invitations_v1($1, $2, 'WITHDRAWN', $3)`, [competitionId, ids, committedById]);
  await tx.query('SELECT promote_v1($1)', [competitionId]);
}

async function openAmong(tx: Queryable, rows: readonly Row[]): Promise<ReadonlySet<string>> {
  const { rows: open } = await tx.query<{ id: string }>(
    'SELECT id FROM invitations WHERE id = ANY ($1) AND ended_at IS NULL AND expires_at > clock_timestamp()',
    [rows.map(({ invitationId }) => invitationId)],
  );
  return new Set(open.map(({ id }) => id));
}

async function invite(tx: Queryable, rows: readonly Row[]): Promise<void> {
  await tx.query(
    `WITH sent AS (
       UPDATE invitations SET sent_at = date_trunc('milliseconds', clock_timestamp()) WHERE id = ANY ($1)
       RETURNING id, sent_at
     )
     INSERT INTO outbox (queue, job, payload)
     SELECT 'competition', 'invited', jsonb_build_object('invitationId', id, 'at', iso_instant(sent_at)) FROM sent`,
    [rows.map(({ invitationId }) => invitationId)],
  );
}

async function finishBatch(
  tx: Queryable,
  importId: string,
  rows: readonly Row[],
  outcomes: readonly Outcome[],
): Promise<void> {
  await tx.query(
    `WITH done AS (
       UPDATE import_rows r SET outcome = o.outcome
       FROM unnest($2::int[], $3::text[]) AS o (row, outcome)
       WHERE r.import_id = $1 AND r.row = o.row
       RETURNING r.row, r.outcome
     ), counted AS (
       SELECT count(*) AS handled, max(row) AS last_row, count(*) FILTER (WHERE outcome = 'SEATED') AS seated,
              count(*) FILTER (WHERE outcome = 'INVITED') AS invited
       FROM done
     )
     UPDATE imports m
     SET handled = m.handled + c.handled, last_row = coalesce(c.last_row, m.last_row), seated = m.seated + c.seated,
         invited = m.invited + c.invited
     FROM counted c WHERE m.id = $1`,
    [importId, rows.map(({ row }) => row), outcomes],
  );
}
