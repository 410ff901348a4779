import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { CompetitionSort, CompetitionsQuery, StatusFilter } from '@mini-compete/shared/competitions';
import { z } from 'zod';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { SUMMARY } from './summary.sql.js';

/**
 * A list is read part by part, each in an order that an index has: what is still to come first and soonest first,
 * then what is over. `key` is what the part is ordered by, and `id` where keys are equal.
 */
interface Part {
  readonly where: string;
  readonly key: string;
  readonly type: 'timestamptz' | 'float8' | 'uuid';
  readonly order: 'ASC' | 'DESC';
}

/** `$1` is the moment for which the list was asked: pages that follow go by the same one. */
const PARTS: Record<CompetitionSort, readonly Part[]> = {
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
};

const STANDING = 'c.cancelled_at IS NULL AND c.reg_deadline > now()';
const OPENED = '(c.reg_opens_at IS NULL OR c.reg_opens_at <= now())';

/** The same as `competition_status()`, said so that indexes help. */
const STATUS: Record<StatusFilter, string | null> = {
  all: null,
  upcoming: `${STANDING} AND c.reg_opens_at > now()`,
  open: `${STANDING} AND ${OPENED} AND c.seats_left > 0`,
  full: `${STANDING} AND ${OPENED} AND c.seats_left <= 0`,
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

/** What the list is asked for, with the search as the database understood it. */
export type ListFilter = Pick<CompetitionsQuery, 'tags' | 'status'> & { readonly words?: string | undefined };
export type ListOrder = Pick<CompetitionsQuery, 'sort' | 'cursor' | 'limit'>;

const WITH_WORDS = 'SELECT competition_id FROM competition_words WHERE words @@';

/**
 * One row per competition: `summary` as JSON text, and the position after it. One more than asked for tells of a next
 * page. Words that are `rare` are looked up first; with common ones the list is read in its order until the page is
 * full. The planner cannot tell one from the other: of a word that it does not know it supposes that many have it.
 */
export function listQuery(query: ListFilter & ListOrder, now: Date, rare: boolean): ListQuery {
  const parts = PARTS[query.sort];
  const after = decodeCursor(Position, query.cursor);
  const values: unknown[] = [after ? new Date(after.at) : now];
  const value = (given: unknown) => `$${values.push(given)}`;
  const { words, ...others } = query;
  const filters = filtersOf(others, value);
  let having = '';
  if (words !== undefined && rare) {
    having = `WITH found AS MATERIALIZED (${WITH_WORDS} ${value(words)}::tsquery)`;
    filters.push('c.id IN (SELECT competition_id FROM found)');
  } else if (words !== undefined) {
    // OFFSET 0: asked of each row as it comes in the list's order, and not made into a join of all that have the words.
    filters.push(`EXISTS (${WITH_WORDS} ${value(words)}::tsquery AND competition_id = c.id OFFSET 0)`);
  }
  const limit = value(query.limit + 1);

  const selects = parts.flatMap((part, n) => {
    if (after && n < after.part) return [];
    const wheres = [...filters, part.where];
    if (after && n === after.part) {
      const sign = part.order === 'ASC' ? '>' : '<';
      wheres.push(`(${part.key}, c.id) ${sign} (${value(after.key)}::text::${part.type}, ${value(after.id)}::uuid)`);
    }
    return [
      `(SELECT ${n} AS part, row_number() OVER (ORDER BY ${part.key} ${part.order}, c.id ${part.order}) AS n,
          ${part.key}::text AS key, c.id, $1::timestamptz AS at
        FROM competitions c WHERE ${wheres.join(' AND ')}
        ORDER BY ${part.key} ${part.order}, c.id ${part.order} LIMIT ${limit})`,
    ];
  });
  // The summaries are made of the rows of this page only.
  const text = `
    ${having}
    SELECT p.part, p.key, p.id, p.at, ${SUMMARY}::text AS summary
    FROM (SELECT * FROM (${selects.join(' UNION ALL ')}) parts ORDER BY part, n LIMIT ${limit}) p
    JOIN competitions c ON c.id = p.id
    JOIN users o ON o.id = c.organizer_id
    ORDER BY p.part, p.n`;
  return { text, values };
}

/** Counted as far as it is exact, and one more. */
export function totalQuery(query: ListFilter): ListQuery {
  const values: unknown[] = [];
  const filters = filtersOf(query, (given) => `$${values.push(given)}`);
  return {
    text: `SELECT count(*)::int AS total FROM (
             SELECT FROM competitions c WHERE ${filters.join(' AND ')} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) found`,
    values,
  };
}

function filtersOf({ words, tags, status }: ListFilter, value: (given: unknown) => string): string[] {
  const filters = ['c.deleted_at IS NULL'];
  const ofStatus = STATUS[status];
  if (ofStatus) filters.push(ofStatus);
  if (tags?.length) filters.push(`c.tags @> ${value(tags)}::text[]`);
  if (words !== undefined) filters.push(`c.id IN (${WITH_WORDS} ${value(words)}::tsquery)`);
  return filters;
}
