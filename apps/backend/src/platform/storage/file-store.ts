import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../database/pool.js';
import type { Tx } from '../database/prisma.service.js';

export interface StoredFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The name has to depend on the content: files with the same name are taken to be equal. */
export interface NewFile extends StoredFile {
  readonly name: string;
}

/**
 * Files in the database, saved and given up in the transaction of the row that refers to them. This class is all that
 * knows where the bytes are.
 */
@Injectable()
export class FileStore {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async find(name: string): Promise<StoredFile | null> {
    const query = { name: 'stored_file', text: 'SELECT type, bytes FROM files WHERE name = $1', values: [name] };
    const { rows } = await this.pool.query<StoredFile>(query);
    return rows[0] ?? null;
  }

  /** One more row refers to the files in `added`, and one less to those in `released`. */
  async change(tx: Tx, { added = [], released = [] }: { added?: readonly NewFile[]; released?: readonly string[] }) {
    // In one order, so that two transactions that exchange the same files do not wait for each other.
    const names = [...added.map(({ name }) => name), ...released];
    await tx.$executeRaw`SELECT FROM files WHERE name = ANY (${names}) ORDER BY name FOR UPDATE`;
    for (const { name, type, bytes } of added)
      await tx.$executeRaw`
        INSERT INTO files AS f (name, type, bytes) VALUES (${name}, ${type}, ${bytes})
        ON CONFLICT (name) DO UPDATE SET uses = f.uses + 1, unused_since = NULL`;
    await tx.$executeRaw`
      UPDATE files SET uses = uses - 1, unused_since = CASE uses WHEN 1 THEN now() END
      WHERE name = ANY (${[...released]})`;
  }
}
