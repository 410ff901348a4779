import type pg from 'pg';
import { rows } from '../support/queries.js';

/** The rows of all tables at a moment: getting them back is faster than making them again. */
export class Snapshot {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly restoring: string,
  ) {}

  static async take(pool: pg.Pool): Promise<Snapshot> {
    const tables = await rows<{ name: string; columns: string }>(
      `SELECT table_name AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
       GROUP BY table_name ORDER BY table_name`,
    );
    const copies = tables.map(({ name }) => `CREATE TABLE snapshot.${name} AS TABLE public.${name}`);
    await pool.query(['CREATE SCHEMA snapshot', ...copies].join(';'));
    const restoring = tables.flatMap(({ name, columns }) => [
      `DELETE FROM public.${name}`,
      `INSERT INTO public.${name} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM snapshot.${name}`,
    ]);
    // Foreign keys and triggers would object to the order of the tables.
    return new Snapshot(pool, ['SET LOCAL session_replication_role = replica', ...restoring].join(';'));
  }

  async restore(): Promise<void> {
    await this.pool.query(this.restoring);
  }
}
