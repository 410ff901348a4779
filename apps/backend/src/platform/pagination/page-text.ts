import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { encodeCursor } from './cursor.js';

/** A page of items that are JSON text already. One row more than `limit` tells that there is a next page. */
export function pageText<Row>(
  rows: readonly Row[],
  limit: number,
  textOf: (row: Row) => string,
  positionOf: (row: Row) => object,
  counted: number,
): string {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null;
  const total = counted > TOTAL_IS_EXACT_UP_TO ? null : counted;
  return `{"items":[${shown.map(textOf).join()}],"nextCursor":${JSON.stringify(next)},"total":${total}}`;
}
