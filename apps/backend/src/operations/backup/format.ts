import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../../platform/errors/operator-error.js';
import type { Migration, Table } from './schema.js';

// The file format: gzipped text. A line of JSON with the header; then for each table a line of JSON, its rows as COPY
// writes them and `\.` as in psql; then a line of JSON with the counts. Without that last line the file is incomplete.

export const FORMAT = 'mini-compete-backup-1';
export const END_OF_ROWS = '\\.';

export interface Header {
  readonly format: typeof FORMAT;
  readonly at: string;
  readonly migrations: Migration[];
}

export interface TableHeader {
  readonly table: Table;
}

export interface Trailer {
  /** The number of rows by table. */
  readonly rows: Record<string, number>;
  /** The last value by sequence. */
  readonly sequences: Record<string, string>;
}

/** What is in a complete backup: the moment of its snapshot, and the number of rows by table. */
export interface Saved {
  readonly at: string;
  readonly rows: Trailer['rows'];
}

const NEWLINE = 10;
const END = Buffer.from(`${END_OF_ROWS}\n`);
const NEWLINE_AND_END = Buffer.concat([Buffer.from('\n'), END]);

/** Reads a backup as a stream, so that its size is not limited by memory. */
export class BackupReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer = Buffer.alloc(0);

  constructor(file: string) {
    const source = createReadStream(file);
    const text = source.pipe(createGunzip());
    source.on('error', (error) => text.destroy(error)); // pipe() does not forward errors
    this.#chunks = text[Symbol.asyncIterator]();
  }

  /** Parses the next line; undefined at the end of the file. */
  async json(): Promise<unknown> {
    const line = await this.#line();
    if (line === undefined) return undefined;
    try {
      return JSON.parse(line.toString('utf8'));
    } catch {
      throw notABackup();
    }
  }

  /** Yields the rows of a table as COPY expects them, in chunks of whole lines. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      // The end marker is a line of its own: at the start of the buffer or after a newline.
      const atStart = this.#buffer.subarray(0, END.length).equals(END);
      const end = atStart ? 0 : this.#buffer.indexOf(NEWLINE_AND_END) + 1;
      const ended = atStart || end > 0;
      const length = ended ? end : this.#buffer.lastIndexOf(NEWLINE) + 1;
      if (length > 0) yield this.#buffer.subarray(0, length);
      this.#buffer = this.#buffer.subarray(ended ? length + END.length : length);
      if (ended) return;
      if (!(await this.#readChunk()))
        throw new OperatorError('The backup is incomplete: it ends in the middle of a table.');
    }
  }

  async #line(): Promise<Buffer | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.#buffer.subarray(0, end);
        this.#buffer = this.#buffer.subarray(end + 1);
        return line;
      }
      if (!(await this.#readChunk())) return this.#buffer.length > 0 ? this.#buffer : undefined;
    }
  }

  /** False at the end of the file. */
  async #readChunk(): Promise<boolean> {
    try {
      const next = await this.#chunks.next();
      if (next.done) return false;
      this.#buffer = Buffer.concat([this.#buffer, next.value]);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code?.startsWith('Z_')) throw notABackup();
      if (code === 'ENOENT') throw new OperatorError('The file does not exist.');
      throw error;
    }
  }
}

const notABackup = () => new OperatorError('This is not a backup of Mini Compete, or it is damaged.');
