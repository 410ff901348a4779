import type pg from 'pg';
import { COMPETITION_INVARIANTS } from '../../competitions/competitions.invariants.js';
import { STAFF_INVARIANTS } from '../../competitions/staff/staff.invariants.js';
import { MAILBOX_INVARIANTS } from '../../messaging/mailbox/mailbox.invariants.js';
import { QUEUE_INVARIANTS } from '../../platform/queue/queue.invariants.js';
import { ANNOUNCEMENT_INVARIANTS } from '../../registrations/announcements/announcements.invariants.js';
import { REGISTRATION_INVARIANTS } from '../../registrations/registrations.invariants.js';
import { TEAM_INVARIANTS } from '../../registrations/teams.invariants.js';
import { firstBroken, type Invariant } from '../../registry/invariant.js';

export const INVARIANTS: readonly Invariant[] = [
  ...COMPETITION_INVARIANTS,
  ...REGISTRATION_INVARIANTS,
  ...TEAM_INVARIANTS,
  ...ANNOUNCEMENT_INVARIANTS,
  ...STAFF_INVARIANTS,
  ...MAILBOX_INVARIANTS,
  ...QUEUE_INVARIANTS,
];
/** Those that a worker checks in production, a few competitions at a time. */
export const WATCHED_INVARIANTS = INVARIANTS.filter(({ watchedAs }) => watchedAs !== undefined);

export interface Violation {
  readonly id: string;
  readonly rule: string;
  readonly rows: readonly unknown[];
}

type Database = Pick<pg.Pool, 'query'>;
const MAX_ROWS = 20;
const RECENT_REGISTRATIONS = 500;

/** Checks all invariants on all rows: for tests, drills and the bench. */
export function checkInvariants(database: Database): Promise<Violation[]> {
  return findViolations(INVARIANTS, database, null);
}

/** Checks the competitions with the latest registrations: for the bench, whose database may be as large as it likes. */
export async function sampleInvariants(database: Database): Promise<Violation[]> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT DISTINCT competition_id AS id
     FROM (SELECT competition_id FROM registrations ORDER BY id DESC LIMIT ${RECENT_REGISTRATIONS}) recent`,
  );
  return findViolations(
    WATCHED_INVARIANTS,
    database,
    rows.map(({ id }) => id),
  );
}

async function findViolations(
  invariants: readonly Invariant[],
  database: Database,
  competitionIds: readonly string[] | null,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const { id, rule, sql, watchedAs } of invariants) {
    const { rows } = await database.query<Record<string, unknown>>(
      firstBroken('*', sql, MAX_ROWS),
      watchedAs === undefined ? [] : [competitionIds],
    );
    if (rows.length > 0) violations.push({ id, rule, rows });
  }
  return violations;
}
