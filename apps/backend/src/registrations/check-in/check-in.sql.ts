import type { Queryable } from '../../platform/database/transaction.js';
import { ageOf, type ScanRow } from './scan-rows.js';

interface RecordedScans {
  readonly competitionId: string;
  /** Null without a door. */
  readonly doorId: string | null;
  readonly scannerId: string;
  /** Null: a manager has to decide. */
  readonly accepted: true | null;
  readonly receivedAt: string;
  /** See `UploadScans`. */
  readonly clockOffsetMs?: number | undefined;
  readonly scans: readonly ScanRow[];
}

/** See check_in_v1. */
export async function recordScans(tx: Queryable, options: RecordedScans): Promise<void> {
  const { competitionId, doorId, scannerId, accepted, receivedAt, clockOffsetMs, scans } = options;
  if (scans.length === 0) return;
  await tx.query({
    name: 'check_in',
    text: `SELECT check_in_v1($1, $2, $3, $4, $5, $6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::float8[],
                              $11::timestamptz[], $12::boolean[], $13::boolean[])`,
    values: [
      competitionId,
      doorId,
      scannerId,
      accepted,
      receivedAt,
      scans.map(({ id }) => id),
      scans.map(({ kind }) => kind),
      scans.map(({ registrationId }) => registrationId),
      scans.map(({ userId }) => userId),
      scans.map((scan) => ageOf(scan, receivedAt, clockOffsetMs)),
      scans.map(({ snapshotAt }) => snapshotAt),
      scans.map(({ hasTicket }) => hasTicket),
      scans.map(({ isValid }) => isValid),
    ],
  });
}
