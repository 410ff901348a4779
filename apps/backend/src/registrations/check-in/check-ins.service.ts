import type { ScanResultKind } from '@mini-compete/shared/check-in-rules';
import type { ScanResult, UploadedScans, UploadScans } from '@mini-compete/shared/check-ins';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import type { Principal } from '../../platform/http/access/principal.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { doorStatus, doorStatusOf, TEAM_NAME } from '../tickets/people.sql.js';
import { TicketKeys } from '../tickets/ticket-keys.js';
import { recordScans } from './check-in.sql.js';
import { acceptsScansOf } from './door-access.js';
import { openDoor, recordUpload } from './doors.js';
import { rowOf, type ScanRow } from './scan-rows.js';

interface Upload {
  readonly competitionId: string;
  readonly upload: UploadScans;
  readonly scanner: Principal;
  readonly arrival: Arrival;
}

/** What doors upload. Each scan has an id of its device, so an upload may be repeated, split and reordered. */
@Injectable()
export class CheckInsService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly keys: TicketKeys,
  ) {}

  async upload({
    competitionId,
    upload,
    scanner,
    arrival,
  }: Upload): Promise<{ status: 200 | 202; body: UploadedScans }> {
    const { userId } = scanner;
    const accepted = await acceptsScansOf(this.pool, competitionId, userId);
    const keys = upload.scans.some((scan) => 'ticket' in scan) ? await this.keys.list() : [];
    const scans = await Promise.all(upload.scans.map((scan) => rowOf(scan, keys)));
    const known = scans.filter((scan) => scan !== null);
    return inTransaction(this.pool, async (tx) => {
      const receivedAt = await receiptOf(tx, arrival);
      const { door, clockOffsetMs } = upload;
      if (accepted && door) await openDoor(tx, { competitionId, door: door.id, name: door.name, scannerId: userId });
      const scanned = {
        competitionId,
        doorId: door?.id ?? null,
        scannerId: userId,
        accepted,
        receivedAt,
        clockOffsetMs,
        scans: known,
      };
      await recordScans(tx, scanned);
      if (door) await recordUpload(tx, { competitionId, door: door.id, remaining: upload.remaining });
      if (!accepted) return { status: 202, body: { receivedAt, results: [] } };
      return { status: 200, body: { receivedAt, results: await resultsOf(tx, competitionId, upload, known) } };
    });
  }
}

/** When the request arrived, by the clock of the database: waiting for a connection must not make scans later. */
async function receiptOf(tx: Queryable, { earliest }: Arrival): Promise<string> {
  const { rows } = await tx.query<{ at: string }>(
    `SELECT iso_instant(clock_timestamp() - $1 * interval '1 millisecond') AS at`,
    [Math.max(performance.now() - earliest, 0)],
  );
  return (rows[0] as { at: string }).at;
}

interface ResultRow {
  readonly id: string;
  readonly result: string;
  readonly registrationId: string;
  readonly userId: string;
  readonly name: string;
  readonly team: string | null;
  readonly status: string;
  readonly entryId: string | null;
  readonly entryAt: string | null;
  readonly entryDoor: string | null;
}

/** In the order of the upload. */
async function resultsOf(
  tx: Queryable,
  competitionId: string,
  { scans }: UploadScans,
  known: readonly ScanRow[],
): Promise<ScanResult[]> {
  const { rows } = await tx.query<ResultRow>({
    name: 'scan_results',
    text: RESULTS,
    values: [competitionId, scans.map(({ id }) => id)],
  });
  const recorded = new Map(rows.map((row) => [row.id, row]));
  const genuine = new Set(known.map(({ id }) => id));
  return scans.map(({ id }) => {
    const row = recorded.get(id);
    if (row === undefined)
      return { id, result: genuine.has(id) ? 'NOT_ON_LIST' : 'INVALID_TICKET', person: null, entry: null };
    return resultOf(row);
  });
}

function resultOf(row: ResultRow): ScanResult {
  const { id, registrationId, userId, name, team, status, entryId, entryAt, entryDoor } = row;
  if (row.result === 'INVALID_TICKET') return { id, result: row.result, person: null, entry: null };
  return {
    id,
    result: shownResult(row.result),
    person: { registrationId, userId, name, team, status: doorStatusOf(status) },
    entry: entryId === null || entryAt === null ? null : { scanId: entryId, at: entryAt, door: entryDoor ?? '' },
  };
}

/** A scan that waits for a manager, or was discarded, does not count. */
const shownResult = (result: string): ScanResultKind =>
  result === 'TO_DECIDE' || result === 'DISCARDED' ? 'UNDONE' : (result as ScanResultKind);

const RESULTS = `
  SELECT c.id, c.result, c.registration_id AS "registrationId", c.user_id AS "userId", u.name, ${TEAM_NAME} AS team,
         ${doorStatus('c.user_id')} AS status, e.id AS "entryId", iso_instant(e.at) AS "entryAt", d.name AS "entryDoor"
  FROM check_ins c
  JOIN registrations r ON r.id = c.registration_id
  JOIN users u ON u.id = c.user_id
  LEFT JOIN check_ins e ON e.registration_id = c.registration_id AND e.user_id = c.user_id AND e.result = 'WELCOME'
  LEFT JOIN check_in_doors d ON d.competition_id = e.competition_id AND d.id = e.door_id
  WHERE c.competition_id = $1 AND c.id = ANY ($2::uuid[])`;
