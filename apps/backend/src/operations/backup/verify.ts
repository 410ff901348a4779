import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { COMMAND_CONNECTION } from '../../platform/database/connection.js';
import { migrate } from '../../platform/database/migrate.js';
import { OperatorError } from '../../platform/errors/operator-error.js';
import { checkInvariants } from '../invariants/invariants.js';
import type { Saved } from './format.js';
import { restore } from './restore.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/**
 * Proves that a backup can be restored: into a new database of the same server, which is dropped afterwards. The restore
 * compares the number of rows, and then all invariants have to hold.
 */
export async function verify(databaseUrl: string, file: string, note?: (text: string) => void): Promise<Saved> {
  const database = `mini_compete_verify_${randomBytes(6).toString('hex')}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  const server = new pg.Client({ connectionString: databaseUrl, ...COMMAND_CONNECTION });
  await server.connect();
  try {
    await server.query(`CREATE DATABASE ${database}`).catch((error: { code?: string }) => {
      if (error.code !== INSUFFICIENT_PRIVILEGE) throw error;
      throw new OperatorError(
        'The user in DATABASE_URL may not create a database. Verify the backup on another server.',
      );
    });
    note?.('migrations');
    await migrate(url.href);
    const saved = await restore(url.href, { file, note });
    note?.('invariants');
    await ensureInvariantsHold(url.href);
    return saved;
  } finally {
    await server.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await server.end();
  }
}

async function ensureInvariantsHold(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, ...COMMAND_CONNECTION });
  await client.connect();
  try {
    const violations = await checkInvariants(client);
    if (violations.length === 0) return;
    const lines = violations.map(({ id, rule, rows }) => `${id} ${rule}: ${JSON.stringify(rows[0])}`);
    throw new OperatorError(`The backup can be restored, but its data breaks invariants:\n${lines.join('\n')}`);
  } finally {
    await client.end();
  }
}
