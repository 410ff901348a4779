import { setImmediate as nextTurn } from 'node:timers/promises';
import { IMPORT_MAX_ROWS, type Import } from '@mini-compete/shared/imports';
import { DomainError } from '../../platform/errors/domain-error.js';
import { readCsv } from './csv-parser.js';
import { decodeFile } from './csv-text.js';
import { findColumns } from './import-columns.js';
import { type ReadRow, RowReader } from './import-rows.js';

export interface ReadFile extends Pick<Import, 'encoding' | 'separator'> {
  readonly unknownColumns: readonly string[];
  readonly rows: readonly ReadRow[];
}

/** Rows between which other requests get their turn: a large file takes longer than they may wait. */
const ROW_BATCH_SIZE = 200;

export async function readPeople(bytes: Buffer): Promise<ReadFile> {
  const file = decodeFile(bytes);
  if (file === null) throw new DomainError('CSV_UNREADABLE');
  const columns = findColumns(file.text);
  if (columns === null) throw new DomainError('CSV_COLUMN_MISSING');
  const reader = new RowReader(columns);
  const rows: ReadRow[] = [];
  let isHead = true;
  for (const record of readCsv(file.text, columns.separator)) {
    if (isHead) {
      isHead = false;
      continue;
    }
    if (rows.length === IMPORT_MAX_ROWS) throw new DomainError('BODY_TOO_LARGE', { detail: { key: 'csvRows' } });
    rows.push(reader.read(record));
    if (rows.length % ROW_BATCH_SIZE === 0) await nextTurn();
  }
  const { separator, unknown } = columns;
  return { encoding: file.encoding, separator, unknownColumns: unknown, rows };
}
