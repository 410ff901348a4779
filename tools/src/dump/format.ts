import type { Migration, Table } from './schema.js';

// A backup is a gzipped text: a line of JSON that says what it is, then for each table a line of JSON and its rows as
// COPY writes them, ended by `\.` as psql does, and a last line with the counts. Without the last line it is half a one.

export const FORMAT = 'mini-compete-backup-1';
export const END_OF_ROWS = '\\.';

export interface Head {
  readonly format: typeof FORMAT;
  readonly at: string;
  readonly migrations: Migration[];
}

export interface Section {
  readonly table: Table;
}

export interface Tail {
  readonly rows: Record<string, number>;
  /** Where each counter stands. */
  readonly sequences: Record<string, string>;
}
