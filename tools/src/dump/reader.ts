import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Failure } from '../../launch/failure.mjs';
import { END_OF_ROWS } from './format.js';

const NEWLINE = 10;

/** Reads a backup line by line without ever holding more than a piece of it. */
export class BackupReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(file: string) {
    const source = createReadStream(file);
    const text = source.pipe(createGunzip());
    source.on('error', (error) => text.destroy(error));
    this.#pieces = text[Symbol.asyncIterator]();
  }

  /** The next line as JSON; undefined at the end. */
  async json(): Promise<unknown> {
    const line = await this.#line();
    if (line === undefined) return undefined;
    try {
      return JSON.parse(line.toString('utf8'));
    } catch {
      throw new Failure('This is no backup of Mini Compete, or it is damaged.');
    }
  }

  /** The rows of a table as COPY wants them, up to their end, many at a time. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.#rest.subarray(0, END.length).equals(END) ? 0 : this.#rest.indexOf(LINE_AND_END) + 1;
      const ended = end > 0 || this.#rest.subarray(0, END.length).equals(END);
      const whole = ended ? end : this.#rest.lastIndexOf(NEWLINE) + 1;
      if (whole > 0) yield this.#rest.subarray(0, whole);
      this.#rest = this.#rest.subarray(ended ? whole + END.length : whole);
      if (ended) return;
      if (!(await this.#read())) throw new Failure('The backup ends in the middle of a table: it is not whole.');
    }
  }

  async #line(): Promise<Buffer | undefined> {
    for (;;) {
      const end = this.#rest.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.#rest.subarray(0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      if (!(await this.#read())) return this.#rest.length > 0 ? this.#rest : undefined;
    }
  }

  /** One more piece; false at the end. */
  async #read(): Promise<boolean> {
    try {
      const next = await this.#pieces.next();
      if (next.done) return false;
      this.#rest = Buffer.concat([this.#rest, next.value]);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code?.startsWith('Z_')) throw new Failure('This is no backup of Mini Compete, or it is damaged.');
      if (code === 'ENOENT') throw new Failure('There is no such file.');
      throw error;
    }
  }
}

const END = Buffer.from(`${END_OF_ROWS}\n`);
const LINE_AND_END = Buffer.concat([Buffer.from('\n'), END]);
