import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { arrayText, objectText } from '../http/json-text.js';
import { encodeCursor } from './cursor.js';

/** A page with a cursor by id. `rows` has one row more than `limit` when there is a next page. */
export function pageOfRows<Row extends { readonly id: string }>(rows: readonly Row[], limit: number, count: number) {
  return pageOf(rows, limit, ({ id }) => ({ id }), count);
}

/** The same as JSON text, from items that are JSON text already. `positionOf` is what the cursor holds. */
export function pageText<Row>(
  rows: readonly Row[],
  limit: number,
  textOf: (row: Row) => string,
  positionOf: (row: Row) => object,
  count: number,
): string {
  const { items, nextCursor, total } = pageOf(rows, limit, positionOf, count);
  return objectText({
    items: arrayText(items.map(textOf)),
    nextCursor: JSON.stringify(nextCursor),
    total: JSON.stringify(total),
  });
}

function pageOf<Row>(rows: readonly Row[], limit: number, positionOf: (row: Row) => object, count: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
    total: count > TOTAL_IS_EXACT_UP_TO ? null : count,
  };
}
