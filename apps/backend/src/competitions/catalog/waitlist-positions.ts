import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { READ_BUDGET_MS, withTimeLimit } from '../../platform/concurrency/time-limit.js';
import { POOL } from '../../platform/database/pool.js';
import { IS_WAITLISTED } from '../../registry/registration-statuses.js';

/**
 * Many positions with one pass over the waitlist: counts between each requested admission number and the one before it,
 * and adds up. Counting each position from the beginning would read the square of the waitlist.
 */
const POSITIONS = `
WITH mark AS (
  SELECT n, competition_id, admission,
         lag(admission, 1, 0::bigint) OVER (PARTITION BY competition_id ORDER BY admission) AS previous
  FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS m (competition_id, admission, n)
)
SELECT n::int,
       CASE WHEN gap.last = admission THEN
         sum(gap.size) OVER (PARTITION BY competition_id ORDER BY admission)
       END::int AS position
FROM mark
CROSS JOIN LATERAL (
  SELECT count(*) AS size, max(r.admission) AS last
  FROM registrations r
  WHERE r.competition_id = mark.competition_id AND r.status ${IS_WAITLISTED}
    AND r.admission > mark.previous AND r.admission <= mark.admission
) gap`;

/** An index-only scan in order. As one JSON value: 10,000 rows would take this process 20 times as long to parse. */
const ADMISSIONS = `
SELECT competition_id AS id, admissions
FROM unnest($1::uuid[], $2::bigint[]) AS wanted (competition_id, up_to)
CROSS JOIN LATERAL (
  SELECT json_agg(r.admission ORDER BY r.admission) AS admissions
  FROM registrations r
  WHERE r.competition_id = wanted.competition_id AND r.status ${IS_WAITLISTED} AND r.admission <= wanted.up_to
) waitlist`;

/** Positions in one statement. A single statement must not keep the callers behind it waiting for too long. */
const BATCH_SIZE = 500;

/** Reads the waitlists. Registrations are named by their admission numbers, which are in the order of the waitlist. */
@Injectable()
export class WaitlistPositions {
  private readonly reads = new DataLoader<number>((keys) => this.query(keys), BATCH_SIZE);

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** From 1. Null when the registration is not on the waitlist any more. */
  get(competitionId: string, admission: number): Promise<number | null> {
    return this.reads.get(`${competitionId} ${admission}`);
  }

  /** For very many positions in few competitions: the admission numbers on each waitlist, up to the given one. */
  async listAdmissions(upTo: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, readonly number[]>> {
    const query = { name: 'waitlist_admissions', text: ADMISSIONS, values: [[...upTo.keys()], [...upTo.values()]] };
    const read = this.pool.query<{ id: string; admissions: number[] | null }>(query);
    const { rows } = await withTimeLimit(read, READ_BUDGET_MS);
    return new Map(rows.map(({ id, admissions }) => [id, admissions ?? []]));
  }

  private async query(keys: string[]): Promise<ReadonlyMap<string, number>> {
    const marks = keys.map((key) => key.split(' ') as [string, string]);
    const { rows } = await this.pool.query<{ n: number; position: number | null }>({
      name: 'waitlist_positions',
      text: POSITIONS,
      values: [marks.map(([id]) => id), marks.map(([, admission]) => admission)],
    });
    const positions = new Map<string, number>();
    for (const { n, position } of rows) if (position !== null) positions.set(keys[n - 1] as string, position);
    return positions;
  }
}

/** The position of an admission number on a waitlist, by binary search; null when it is not on it. */
export function positionOn(admissions: readonly number[], admission: number): number | null {
  let low = 0;
  let high = admissions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((admissions[middle] as number) < admission) low = middle + 1;
    else high = middle;
  }
  return admissions[low] === admission ? low + 1 : null;
}
