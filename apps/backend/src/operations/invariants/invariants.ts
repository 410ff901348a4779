import type pg from 'pg';
import { type Invariant, QUEUE_INVARIANTS } from '../../platform/queue/queue.invariants.js';

/** What may never be seen, at whatever instant one looks. Each query answers with the rows that break the sentence. */
interface SeatInvariant extends Invariant {
  /** `$1` is the competitions to look at, or null for all of them: bounded where the worker samples. */
  readonly scoped: boolean;
}

const LOOKED_AT = 'SELECT * FROM competitions WHERE $1::uuid[] IS NULL OR id = ANY ($1)';

/** Counted from the registrations, which nobody counts down: what `competitions` says of itself is not believed. */
const COUNTED = `
  SELECT c.*, coalesce(n.seated, 0) AS seated, coalesce(n.in_line, 0) AS in_line
  FROM (${LOOKED_AT}) c
  LEFT JOIN (
    SELECT competition_id,
           count(*) FILTER (WHERE status <> 'WAITLISTED') AS seated,
           count(*) FILTER (WHERE status = 'WAITLISTED') AS in_line
    FROM registrations
    WHERE status <> 'CANCELLED' AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
    GROUP BY competition_id
  ) n ON n.competition_id = c.id`;

export const SEAT_INVARIANTS: readonly SeatInvariant[] = [
  {
    id: 'I1',
    says: 'every remembered 201 is in the database',
    scoped: false,
    sql: `
      SELECT k.user_id, k.key FROM idempotency_records k
      WHERE k.operation = 'REGISTER' AND NOT EXISTS (
        SELECT FROM registrations r
        WHERE r.id = (k.body::jsonb->>'registrationId')::uuid AND r.user_id = k.user_id)`,
  },
  {
    id: 'I2',
    says: 'no more are seated than there are seats',
    scoped: true,
    sql: `SELECT id, capacity, seated FROM (${COUNTED}) c WHERE seated > capacity`,
  },
  {
    id: 'I3',
    says: 'seats left are the capacity less the seated, and the line is as long as it says',
    scoped: true,
    sql: `
      SELECT id, capacity, seats_left, seated, waiting, in_line FROM (${COUNTED}) c
      WHERE seats_left <> capacity - seated OR seats_left < 0 OR waiting <> in_line`,
  },
  {
    id: 'I4',
    says: 'a person is in a competition at most once',
    scoped: true,
    sql: `
      SELECT user_id, competition_id, count(*) AS times FROM registrations
      WHERE status <> 'CANCELLED' AND ($1::uuid[] IS NULL OR competition_id = ANY ($1))
      GROUP BY user_id, competition_id HAVING count(*) > 1`,
  },
  {
    id: 'I14',
    says: 'no seat is free while somebody waits and the deadline has not passed',
    scoped: true,
    sql: `
      SELECT c.id, c.seats_left FROM (${LOOKED_AT}) c
      WHERE c.seats_left > 0 AND c.cancelled_at IS NULL AND c.deleted_at IS NULL AND c.reg_deadline > clock_timestamp()
        AND EXISTS (SELECT FROM registrations r WHERE r.competition_id = c.id AND r.status = 'WAITLISTED')`,
  },
];

export interface Violation {
  readonly id: string;
  readonly says: string;
  readonly rows: readonly unknown[];
}

type Database = Pick<pg.Pool, 'query'>;
const ROWS_SHOWN = 20;

/** Everything, over everything: for tests, drills and the bench. An empty list is good news. */
export async function checkInvariants(database: Database): Promise<Violation[]> {
  const all = [...SEAT_INVARIANTS, ...QUEUE_INVARIANTS.map((invariant) => ({ ...invariant, scoped: false }))];
  return violationsOf(all, database, null);
}

const RECENT = 500;

/** Those of the competitions that somebody has registered for lately: little enough to ask now and then. */
export async function sampleInvariants(database: Database): Promise<Violation[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT DISTINCT competition_id AS id
     FROM (SELECT competition_id FROM registrations ORDER BY id DESC LIMIT ${RECENT}) lately`,
  );
  const scoped = SEAT_INVARIANTS.filter((invariant) => invariant.scoped);
  return violationsOf(
    scoped,
    database,
    rows.map(({ id }) => id),
  );
}

async function violationsOf(
  invariants: readonly SeatInvariant[],
  database: Database,
  competitionIds: readonly string[] | null,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const { id, says, sql, scoped } of invariants) {
    const text = `SELECT * FROM (${sql}\n) broken LIMIT ${ROWS_SHOWN}`;
    const { rows } = await database.query<Record<string, unknown>>(text, scoped ? [competitionIds] : []);
    if (rows.length > 0) violations.push({ id, says, rows });
  }
  return violations;
}
