import { Logger } from '@nestjs/common';
import type pg from 'pg';
import type { TimedQuery } from '../../platform/database/connection.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import type { RunOutcome } from '../../platform/queue/run-outcome.js';
import { ABOUT, firstBroken } from '../../registry/invariant.js';
import { type Progress, type Selection, selectCompetitions } from './check-selection.js';
import { WATCHED_INVARIANTS } from './invariants.js';

/** A check that took a second is followed by twenty without one: on a database of any size they take a twentieth of the time. */
const PAUSE_FACTOR = 20;
/** One large competition takes longer than the statements of requests may. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** Of each rule. One is enough to turn it red. */
const MAX_ROWS = 20;

const logger = new Logger('Invariants');

interface Breach {
  readonly competitionId: string;
  readonly rule: string;
  readonly about: string;
  readonly invariant: string;
  readonly caseId: string;
  readonly row: Record<string, unknown>;
}

/** Two at the same time do the same work and store the same result. */
export async function checkNext(pool: pg.Pool): Promise<RunOutcome> {
  const last = await readLast(pool);
  if (last?.isPausing) return { text: 'checksPaused', values: { milliseconds: last.durationMs } };
  const startedAt = performance.now();
  const { selection, breaches } = await inTransaction(pool, async (tx) => {
    await tx.query(`SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    const selected = await selectCompetitions(tx, last ?? { auditId: '0', lastCompetitionId: null });
    return { selection: selected, breaches: await findBreaches(tx, selected.competitionIds) };
  });
  const durationMs = Math.round(performance.now() - startedAt);
  const found = await inTransaction(pool, async (tx) => {
    await saveCheck(tx, selection, durationMs);
    return saveBreaches(tx, selection.competitionIds, breaches);
  });
  for (const breach of found) logger.error({ msg: 'An invariant is broken', ...breach });
  const { competitionIds, registrations } = selection;
  return {
    text: 'checked',
    values: { competitions: competitionIds.length, registrations, broken: breaches.length, found: found.length },
  };
}

async function readLast(pool: pg.Pool) {
  const { rows } = await pool.query<Progress & { durationMs: number; isPausing: boolean }>(
    `SELECT audit_id AS "auditId", last_competition_id AS "lastCompetitionId", duration_ms AS "durationMs",
            now() < checked_at + duration_ms * ${PAUSE_FACTOR} * interval '1 millisecond' AS "isPausing"
     FROM invariant_checks`,
  );
  return rows[0];
}

async function findBreaches(tx: Queryable, competitionIds: readonly string[]): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const { id, rule, sql, watchedAs } of WATCHED_INVARIANTS) {
    const query: TimedQuery = {
      text: firstBroken('to_jsonb(broken) AS row', sql, MAX_ROWS),
      values: [competitionIds],
      query_timeout: STATEMENT_TIMEOUT_MS + 500,
    };
    const { rows } = await tx.query<{ row: Record<string, unknown> }>(query);
    for (const { competition_id, ...row } of rows.map((broken) => broken.row))
      breaches.push({
        competitionId: String(competition_id),
        rule,
        about: ABOUT.map((column) => row[column] ?? '')
          .join(' ')
          .trim(),
        invariant: watchedAs as string,
        caseId: id,
        row,
      });
  }
  return breaches;
}

function saveCheck(
  tx: Queryable,
  { competitionIds, registrations, progress, completesRound }: Selection,
  durationMs: number,
) {
  return tx.query(
    `INSERT INTO invariant_checks AS c (checked_at, duration_ms, competitions, registrations, audit_id, last_competition_id, completed_at)
     VALUES (now(), $1, $2, $3, $4, $5, CASE WHEN $6 THEN now() END)
     ON CONFLICT (id) DO UPDATE
     SET checked_at = excluded.checked_at, duration_ms = excluded.duration_ms, competitions = excluded.competitions,
         registrations = excluded.registrations, audit_id = excluded.audit_id,
         last_competition_id = excluded.last_competition_id, completed_at = coalesce(excluded.completed_at, c.completed_at)`,
    [durationMs, competitionIds.length, registrations, progress.auditId, progress.lastCompetitionId, completesRound],
  );
}

/** Returns those that were not known. */
async function saveBreaches(
  tx: Queryable,
  competitionIds: readonly string[],
  breaches: readonly Breach[],
): Promise<{ case: string; rule: string; competitionId: string; about: string }[]> {
  const values = [JSON.stringify(breaches)];
  await tx.query(
    `DELETE FROM invariant_breaches b
     WHERE b.competition_id = ANY ($2) AND NOT EXISTS (
       SELECT FROM (${FOUND}) f WHERE f."competitionId" = b.competition_id AND f.rule = b.rule AND f.about = b.about)`,
    [...values, competitionIds],
  );
  // A competition may have been deleted since it was checked.
  const { rows } = await tx.query(
    `INSERT INTO invariant_breaches (competition_id, rule, about, invariant, case_id, row)
     SELECT f."competitionId", f.rule, f.about, f.invariant, f."caseId", f.row
     FROM (${FOUND}) f JOIN competitions c ON c.id = f."competitionId"
     ON CONFLICT (competition_id, rule, about) DO UPDATE SET row = excluded.row
     RETURNING case_id AS case, rule, competition_id AS "competitionId", about, xmax = 0 AS "isNew"`,
    values,
  );
  return rows.filter(({ isNew }) => isNew).map(({ isNew, ...breach }) => breach);
}

const FOUND = `
  SELECT DISTINCT ON ("competitionId", rule, about) *
  FROM jsonb_to_recordset($1::jsonb)
    AS found ("competitionId" uuid, rule text, about text, invariant text, "caseId" text, row jsonb)`;
