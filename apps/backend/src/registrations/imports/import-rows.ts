import { Email, PersonName } from '@mini-compete/shared/auth';
import type { ImportReason, ImportVerdict } from '@mini-compete/shared/imports';
import type { CsvRecord } from './csv-parser.js';
import type { Columns } from './import-columns.js';

/** A row of the file before the database has been asked. `verdict` null: it is up to the database. */
export interface ReadRow {
  readonly row: number;
  readonly email: string;
  readonly name: string | null;
  readonly verdict: Extract<ImportVerdict, 'INVALID' | 'DUPLICATE_IN_FILE'> | null;
  readonly reason: ImportReason | null;
}

/** Of an invalid cell, enough to recognize it. */
const MAX_SHOWN = 254;

/** Reads the rows one after the other, because the second one with an address is a duplicate. */
export class RowReader {
  private readonly seen = new Set<string>();

  constructor(private readonly columns: Columns) {}

  read({ line, cells, isQuoteUnclosed }: CsvRecord): ReadRow {
    const rawEmail = cells[this.columns.email] ?? '';
    const rawName = this.columns.name.map((index) => cells[index] ?? '').join(' ');
    const invalid = (reason: ImportReason): ReadRow => ({
      row: line,
      email: shown(rawEmail),
      name: shown(rawName) || null,
      verdict: 'INVALID',
      reason,
    });
    if (isQuoteUnclosed) return invalid('QUOTE_UNCLOSED');
    if (rawEmail.trim() === '') return invalid('EMAIL_MISSING');
    const email = Email.safeParse(rawEmail);
    if (!email.success) return invalid('EMAIL_INVALID');
    const name = rawName.trim() === '' ? null : PersonName.safeParse(oneLine(rawName));
    if (name !== null && !name.success) return invalid('NAME_INVALID');
    const isRepeated = this.seen.has(email.data);
    this.seen.add(email.data);
    return {
      row: line,
      email: email.data,
      name: name?.data ?? null,
      verdict: isRepeated ? 'DUPLICATE_IN_FILE' : null,
      reason: null,
    };
  }
}

/** Spreadsheets have line breaks in cells. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** Control characters would be shown as nothing, and half of a surrogate pair cannot be stored. */
const shown = (text: string): string =>
  oneLine(text.slice(0, MAX_SHOWN * 4))
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, MAX_SHOWN)
    .replace(/[\ud800-\udbff]$/, '');
