import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { Import, ImportRow, ImportRowsQuery } from '@mini-compete/shared/imports';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { HOLDS_SEAT } from '../../registry/registration-statuses.js';
import type { ReadFile } from './read-file.js';

const COLUMNS = `
  m.id, m.file_name AS "fileName", creator.name AS "createdBy", iso_instant(m.created_at) AS "createdAt", m.encoding,
  m.separator, m.unknown_columns AS "unknownColumns", m.counts,
  CASE WHEN m.committed_at IS NULL THEN 'checked' WHEN m.finished_at IS NULL THEN 'running' ELSE 'done' END AS state,
  m.notify, iso_instant(m.committed_at) AS "committedAt", iso_instant(m.finished_at) AS "finishedAt",
  m.reserved, m.handled, m.seated, m.invited
FROM imports m LEFT JOIN users creator ON creator.id = m.created_by_id`;

/** A condition: `u` is the account that has proved the address of the row `r`. Such people are registered, the others invited. */
export const PROVED_ADDRESS = `
  u.email = r.email AND u.email_verified_at IS NOT NULL AND u.role = 'PARTICIPANT' AND u.disabled_at IS NULL`;

/** Before an import is committed, and in the transaction that does. */
export async function countToInvite(tx: Tx, importId: string): Promise<number> {
  const [{ count }] = await tx.$queryRawUnsafe<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM import_rows r
     WHERE r.import_id = $1::uuid AND r.verdict = 'NEW' AND r.email <> '' AND r.outcome IS NULL
       AND NOT EXISTS (SELECT FROM users u WHERE ${PROVED_ADDRESS})`,
    importId,
  );
  return count;
}

const MAX_LISTED = 20;

export async function listImports(db: Queryable, competitionId: string): Promise<Import[]> {
  const { rows } = await db.query<Import>(
    `SELECT ${COLUMNS} WHERE m.competition_id = $1 ORDER BY m.id DESC LIMIT ${MAX_LISTED}`,
    [competitionId],
  );
  return rows;
}

/** Also in the transaction that changes it. */
export async function getImport(tx: Tx, competitionId: string, id: string): Promise<Import> {
  const [found] = await tx.$queryRawUnsafe<Import[]>(
    `SELECT ${COLUMNS} WHERE m.id = $1::uuid AND m.competition_id = $2::uuid`,
    id,
    competitionId,
  );
  if (found === undefined) throw new DomainError('IMPORT_NOT_FOUND');
  return found;
}

/** Judges the rows by what is in the database now. Committing judges them again. */
const JUDGED = `
  SELECT e.row, e.email, e.name,
         coalesce(e.verdict, CASE WHEN found.reason IS NULL THEN 'NEW' ELSE 'ALREADY_ACTIVE' END) AS verdict,
         coalesce(e.reason, CASE WHEN e.verdict IS NULL THEN found.reason END) AS reason
  FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[]) AS e (row, email, name, verdict, reason)
  LEFT JOIN LATERAL (SELECT id FROM users WHERE email = e.email LIMIT 1) u ON e.verdict IS NULL
  LEFT JOIN LATERAL (
    SELECT status FROM registrations
    WHERE user_id = u.id AND competition_id = $1 AND status <> 'CANCELLED'
    LIMIT 1
  ) r ON true
  LEFT JOIN LATERAL (
    SELECT id FROM competition_staff WHERE competition_id = $1 AND user_id = u.id LIMIT 1
  ) s ON true
  LEFT JOIN LATERAL (
    SELECT id FROM invitations WHERE competition_id = $1 AND email = e.email AND ended_at IS NULL LIMIT 1
  ) i ON true
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN r.status ${HOLDS_SEAT} THEN 'REGISTERED'
      WHEN r.status IS NOT NULL THEN r.status::text
      WHEN s.id IS NOT NULL THEN 'STAFF'
      WHEN i.id IS NOT NULL THEN 'INVITED'
    END AS reason
  ) found`;

const ADD = `
  WITH judged AS MATERIALIZED (${JUDGED}), added AS (
    INSERT INTO imports (competition_id, created_by_id, file_name, encoding, separator, unknown_columns, counts)
    SELECT $1, $7, $8, $9, $10, $11, jsonb_build_object(
      'NEW', count(*) FILTER (WHERE verdict = 'NEW'),
      'ALREADY_ACTIVE', count(*) FILTER (WHERE verdict = 'ALREADY_ACTIVE'),
      'DUPLICATE_IN_FILE', count(*) FILTER (WHERE verdict = 'DUPLICATE_IN_FILE'),
      'INVALID', count(*) FILTER (WHERE verdict = 'INVALID'))
    FROM judged
    RETURNING id
  ), rows AS (
    INSERT INTO import_rows (import_id, row, email, name, verdict, reason)
    SELECT added.id, j.row, j.email, j.name, j.verdict, j.reason FROM judged j, added
  )
  SELECT id FROM added`;

interface NewImport {
  readonly competitionId: string;
  readonly actorId: string;
  readonly fileName: string | null;
  readonly file: ReadFile;
}

/** Returns its id. */
export async function addImport(tx: Tx, { competitionId, actorId, fileName, file }: NewImport): Promise<string> {
  const [added] = await tx.$queryRawUnsafe<[{ id: string }]>(
    ADD,
    competitionId,
    file.rows.map(({ row }) => row),
    file.rows.map(({ email }) => email),
    file.rows.map(({ name }) => name),
    file.rows.map(({ verdict }) => verdict),
    file.rows.map(({ reason }) => reason),
    actorId,
    fileName,
    file.encoding,
    file.separator,
    file.unknownColumns,
  );
  return added.id;
}

interface RowsPage extends Pick<ImportRowsQuery, 'verdict'> {
  readonly importId: string;
  readonly after: number;
  readonly limit: number;
}

export async function listRows(db: Queryable, { importId, verdict, after, limit }: RowsPage): Promise<ImportRow[]> {
  const { rows } = await db.query<ImportRow>(
    `SELECT row, email, name, verdict, reason, outcome FROM import_rows
     WHERE import_id = $1 AND row > $2 AND ($3 = 'all' OR verdict = $3)
     ORDER BY row LIMIT $4`,
    [importId, after, verdict, limit],
  );
  return rows;
}

export const totalOf = ({ counts }: Import, verdict: ImportRowsQuery['verdict']): number | null => {
  const total = verdict === 'all' ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[verdict];
  return total > TOTAL_IS_EXACT_UP_TO ? null : total;
};
