import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.js';
import { serverAccount } from '../postgres/account.js';
import { findBinaries } from '../postgres/binaries.js';
import { createTempFolder } from './temp-folder.js';
import { waitFor } from './wait-for.js';

const MAX_CONNECTIONS = 500;

/** A streaming standby of a server on this machine. Its name is for `synchronous_standby_names`. */
export class Standby {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(primaryUrl: string, name: string): Promise<Standby> {
    const account = serverAccount();
    const { postgres } = await findBinaries(account);
    const folder = createTempFolder('standby');
    const data = join(folder, 'postgres');
    await copyData(primaryUrl, data);
    writeFileSync(join(data, 'standby.signal'), '');
    const { hostname, port, username, password } = new URL(primaryUrl);
    const source = `host=${hostname} port=${port} user=${username} password=${password} application_name=${name}`;
    const settings = {
      ...{ port: await freePort(), listen_addresses: '127.0.0.1', unix_socket_directories: '' },
      max_connections: MAX_CONNECTIONS, // with less than the primary has, a standby does not start
    };
    const flags = Object.entries({ ...settings, primary_conninfo: source }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const child = spawn(postgres, ['-D', data, ...flags], {
      stdio: 'ignore',
      cwd: '/',
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    process.on('exit', () => child.kill('SIGKILL'));
    const standby = new Standby(folder, child);
    await waitFor('the standby streams', () => isStreaming(primaryUrl, name));
    return standby;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGQUIT')) await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * A base backup with `cp`, as pg_basebackup makes it over the network: the package with PostgreSQL does not have that
 * program. The copied files are of different moments; what was written meanwhile is in the WAL, from the label on.
 */
export async function copyData(url: string, target: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    await client.query(`SELECT pg_backup_start('copy', true)`);
    spawnSync('cp', ['-a', rows[0]?.data_directory as string, target]); // fails for files that were removed meanwhile
    const { rows: stopped } = await client.query<{ label: string }>(
      'SELECT labelfile AS label FROM pg_backup_stop(false)',
    );
    const label = join(target, 'backup_label');
    writeFileSync(label, stopped[0]?.label as string);
    const account = serverAccount();
    if (account) chownSync(label, account.uid, account.gid);
  } finally {
    await client.end();
  }
  for (const file of ['postmaster.pid', 'postmaster.opts', 'standby.signal', 'recovery.signal'])
    rmSync(join(target, file), { force: true });
  for (const slot of readdirSync(join(target, 'pg_replslot')))
    rmSync(join(target, 'pg_replslot', slot), { recursive: true });
}

async function isStreaming(primaryUrl: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: primaryUrl });
  await client.connect();
  const query = `SELECT FROM pg_stat_replication WHERE application_name = $1 AND state = 'streaming'`;
  const { rowCount } = await client.query(query, [name]);
  await client.end();
  return rowCount === 1;
}
