import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Right-aligned, with tabular figures. */
  numeric?: boolean;
  /** Shown without a label on phones, as the heading of the card. */
  primary?: boolean;
  /** Says itself what it is: shown without a label on phones. */
  selfExplaining?: boolean;
  className?: string;
};

/** On phones each row is a card with a label before each value. Prints as a table. */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    // Explicit roles: `display: block` on phones removes the table semantics from the accessibility tree.
    // biome-ignore-start lint/a11y/noRedundantRoles: see above
    // biome-ignore-start lint/a11y/useSemanticElements: see above
    <table role="table" className="w-full border-collapse text-sm max-sm:block print:table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-sm:sr-only print:not-sr-only">
        <tr role="row" className="border-b border-line-strong">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={clsx(
                'py-2.5 pe-4 font-semibold text-muted last:pe-0',
                column.numeric ? 'text-end' : 'text-start',
              )}
            >
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" className="border-b border-line max-sm:flex max-sm:flex-col max-sm:py-3">
            {columns.map((column) => (
              <td
                key={column.key}
                role="cell"
                className={clsx(
                  'py-3 pe-4 align-middle last:pe-0 max-sm:flex max-sm:items-baseline max-sm:justify-between max-sm:gap-4 max-sm:py-1 max-sm:pe-0',
                  column.numeric && 'tabular sm:text-end',
                  column.primary && 'max-sm:order-first max-sm:text-base',
                  column.className,
                )}
              >
                {!column.primary && !column.selfExplaining && (
                  <span aria-hidden="true" className="shrink-0 text-muted sm:hidden print:hidden">
                    {column.head}
                  </span>
                )}
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
    // biome-ignore-end lint/a11y/useSemanticElements: see above
  );
}
