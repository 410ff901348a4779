import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { encodeCursor } from './cursor.js';

/** A page by id. One row more than `limit` tells that there is a next page. */
export function pageOfRows<Row extends { readonly id: string }>(rows: readonly Row[], limit: number, counted: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ id: last.id }) : null,
    total: counted > TOTAL_IS_EXACT_UP_TO ? null : counted,
  };
}
