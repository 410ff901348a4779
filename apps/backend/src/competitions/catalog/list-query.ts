import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { CompetitionSort, CompetitionsQuery, StatusFilter } from '@mini-compete/shared/competitions';
import { z } from 'zod';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { IS_LISTED } from '../visibility/visibility.sql.js';
import { SUMMARY } from './summary.sql.js';

/**
 * A list consists of parts, each read in the order of an index: upcoming competitions first, soonest first, then past
 * ones. A part is ordered by `key`, then by `id`.
 */
interface Part {
  readonly where: string;
  readonly key: string;
  readonly type: 'timestamptz' | 'float8' | 'uuid';
  readonly order: 'ASC' | 'DESC';
}

/** `date` is for one organizer's competitions, whose index has this expression. */
type Sort = CompetitionSort | 'date';
const DATE = 'coalesce(c.start_date, c.reg_deadline)';

/** `$1` is the time of the request for the first page. The cursor keeps it: parts must not change between pages. */
const PARTS: Record<Sort, readonly Part[]> = {
  deadline: [
    { where: 'c.reg_deadline > $1', key: 'c.reg_deadline', type: 'timestamptz', order: 'ASC' },
    { where: 'c.reg_deadline <= $1', key: 'c.reg_deadline', type: 'timestamptz', order: 'DESC' },
  ],
  start: [
    { where: 'c.start_date > $1', key: 'c.start_date', type: 'timestamptz', order: 'ASC' },
    { where: 'c.start_date <= $1', key: 'c.start_date', type: 'timestamptz', order: 'DESC' },
    { where: 'c.start_date IS NULL', key: 'c.id', type: 'uuid', order: 'DESC' },
  ],
  newest: [{ where: 'true', key: 'c.id', type: 'uuid', order: 'DESC' }],
  popular: [{ where: 'true', key: 'c.popularity', type: 'float8', order: 'DESC' }],
  date: [
    { where: `${DATE} > $1`, key: DATE, type: 'timestamptz', order: 'ASC' },
    { where: `${DATE} <= $1`, key: DATE, type: 'timestamptz', order: 'DESC' },
  ],
};

const NOT_CLOSED = 'c.cancelled_at IS NULL AND c.reg_deadline > now()';
const OPENED = '(c.reg_opens_at IS NULL OR c.reg_opens_at <= now())';

const IS_FULL = `c.seats_left <= c.waiting + c.waiting_extra_seats AND c.admission_mode = 'FIRST_COME'
  AND (c.next_expiry_at IS NULL OR c.next_expiry_at > now())`;

/** The same rules as in `competition_status()`, as conditions that can use indexes. */
const STATUS: Record<StatusFilter, string | null> = {
  all: null,
  upcoming: `${NOT_CLOSED} AND c.reg_opens_at > now()`,
  open: `${NOT_CLOSED} AND ${OPENED} AND NOT (${IS_FULL})`,
  full: `${NOT_CLOSED} AND ${OPENED} AND ${IS_FULL}`,
  closed: '(c.cancelled_at IS NOT NULL OR c.reg_deadline <= now())',
};

const Position = z.strictObject({
  at: z.iso.datetime(),
  part: z.int().min(0).max(2),
  key: z.string().max(100),
  id: z.uuid(),
});
export type Position = z.infer<typeof Position>;

export interface ListQuery {
  readonly text: string;
  readonly values: unknown[];
}

/** `words` is the search text, parsed into a text search query by the database. */
export type ListFilter = Pick<CompetitionsQuery, 'tags' | 'status'> & {
  readonly words?: string | undefined;
  readonly organizerId?: string | undefined;
};
export type ListOrder = Pick<CompetitionsQuery, 'cursor' | 'limit'> & { readonly sort: Sort };

const WITH_WORDS = 'SELECT competition_id FROM competition_words WHERE words @@';

/**
 * One row per competition: `summary` as JSON text, and its position for the cursor. Reads one row more than `limit`,
 * which shows whether there is a next page. Rare words are looked up first; with common ones the list is read in its
 * order until the page is full. The planner cannot decide this: it assumes that many rows match an unknown word.
 */
export function listQuery(query: ListFilter & ListOrder, now: Date, rare: boolean): ListQuery {
  const parts = PARTS[query.sort];
  const after = decodeCursor(Position, query.cursor);
  const values: unknown[] = [after ? new Date(after.at) : now];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const { words, ...others } = query;
  const filters = filtersOf(others, parameter);
  let withClause = '';
  if (words !== undefined && rare) {
    withClause = `WITH found AS MATERIALIZED (${WITH_WORDS} ${parameter(words)}::tsquery)`;
    filters.push('c.id IN (SELECT competition_id FROM found)');
  } else if (words !== undefined) {
    // OFFSET 0 prevents a join with all matching rows: each row is checked as it is read in the order of the list.
    filters.push(`EXISTS (${WITH_WORDS} ${parameter(words)}::tsquery AND competition_id = c.id OFFSET 0)`);
  }
  const limit = parameter(query.limit + 1);

  const selects = parts.flatMap((part, n) => {
    if (after && n < after.part) return [];
    const wheres = [...filters, part.where];
    if (after && n === after.part) {
      const sign = part.order === 'ASC' ? '>' : '<';
      wheres.push(
        `(${part.key}, c.id) ${sign} (${parameter(after.key)}::text::${part.type}, ${parameter(after.id)}::uuid)`,
      );
    }
    return [
      `(SELECT ${n} AS part, row_number() OVER (ORDER BY ${part.key} ${part.order}, c.id ${part.order}) AS n,
          ${part.key}::text AS key, c.id, $1::timestamptz AS at
        FROM competitions c WHERE ${wheres.join(' AND ')}
        ORDER BY ${part.key} ${part.order}, c.id ${part.order} LIMIT ${limit})`,
    ];
  });
  // Summaries are built after the LIMIT, for the rows of this page only.
  const text = `
    ${withClause}
    SELECT p.part, p.key, p.id, p.at, ${SUMMARY}::text AS summary
    FROM (SELECT * FROM (${selects.join(' UNION ALL ')}) parts ORDER BY part, n LIMIT ${limit}) p
    JOIN competitions c ON c.id = p.id
    JOIN users o ON o.id = c.organizer_id
    ORDER BY p.part, p.n`;
  return { text, values };
}

/** Counts one row more than the exact total allows, then stops. */
export function totalQuery(query: ListFilter): ListQuery {
  const values: unknown[] = [];
  const filters = filtersOf(query, (value) => `$${values.push(value)}`);
  return {
    text: `SELECT count(*)::int AS total FROM (
             SELECT FROM competitions c WHERE ${filters.join(' AND ')} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) found`,
    values,
  };
}

function filtersOf({ words, tags, status, organizerId }: ListFilter, parameter: (value: unknown) => string): string[] {
  const filters = [IS_LISTED];
  const statusFilter = STATUS[status];
  if (statusFilter) filters.push(statusFilter);
  if (organizerId !== undefined) filters.push(`c.organizer_id = ${parameter(organizerId)}::uuid`);
  if (tags?.length) filters.push(`c.tags @> ${parameter(tags)}::text[]`);
  if (words !== undefined) filters.push(`c.id IN (${WITH_WORDS} ${parameter(words)}::tsquery)`);
  return filters;
}
