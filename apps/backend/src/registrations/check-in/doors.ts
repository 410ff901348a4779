import type { DoorQuery } from '@mini-compete/shared/check-ins';
import type { Queryable } from '../../platform/database/transaction.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** Of one competition. Each device that opens the page is a door. */
const DOORS_MAX = 500;

interface OpenedDoor extends DoorQuery {
  readonly competitionId: string;
  readonly scannerId: string;
}

/**
 * Records the door before it gets its list: a door that is offline on the day must be known, and a scanner whose role has
 * ended is recognized by it.
 */
export async function openDoor(tx: Queryable, { competitionId, door, name, scannerId }: OpenedDoor): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'open_door',
    text: `INSERT INTO check_in_doors AS d (competition_id, id, name, scanner_ids)
           SELECT $1, $2, $3, ARRAY[$4::uuid]
           WHERE (SELECT count(*) FROM check_in_doors WHERE competition_id = $1 AND id <> $2) < ${DOORS_MAX}
           ON CONFLICT (competition_id, id) DO UPDATE
             SET name = excluded.name,
                 scanner_ids = CASE WHEN $4 = ANY (d.scanner_ids) THEN d.scanner_ids ELSE d.scanner_ids || $4::uuid END`,
    values: [competitionId, door, name, scannerId],
  });
  if (rowCount === 0) throw new DomainError('DOOR_LIMIT_REACHED');
}

/** After an upload: the door is in sync when nothing is left to upload. */
export async function recordUpload(
  tx: Queryable,
  { competitionId, door, remaining }: { competitionId: string; door: string; remaining: number },
): Promise<void> {
  await tx.query({
    name: 'door_uploaded',
    text: `UPDATE check_in_doors
           SET remaining = $3, synced_at = CASE WHEN $3 = 0 THEN clock_timestamp() ELSE synced_at END
           WHERE competition_id = $1 AND id = $2`,
    values: [competitionId, door, remaining],
  });
}
