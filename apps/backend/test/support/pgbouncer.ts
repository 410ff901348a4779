import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../../../tools/src/free-port.js';
import { serverAccount } from '../../../../tools/src/postgres/account.js';
import { createTempFolder } from '../../../../tools/src/testing/temp-folder.js';
import { waitFor } from '../../../../tools/src/testing/wait-for.js';

const PROGRAM = process.env.PGBOUNCER ?? 'pgbouncer';

/** Since 1.21 it passes named statements on in transaction mode. */
export function supportsNamedStatements(): boolean {
  const { stdout } = spawnSync(PROGRAM, ['--version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(stdout)?.map(Number) ?? [];
  return major > 1 || minor >= 21;
}

/** A PgBouncer in front of a database. PGBOUNCER names a binary outside PATH. */
export class PgBouncer {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  /** `connectQuery` runs on each of its connections to PostgreSQL. */
  static async start(
    databaseUrl: string,
    poolMode: 'session' | 'transaction',
    connectQuery = 'SELECT 1',
  ): Promise<PgBouncer> {
    const { hostname, port, username, password } = new URL(databaseUrl);
    const folder = createTempFolder('pgbouncer');
    const ownPort = await freePort();
    const users = join(folder, 'users.txt');
    writeFileSync(users, `"${username}" "${password}"\n`);
    const account = serverAccount();
    const settings = [
      '[databases]',
      `* = host=${hostname} port=${port} connect_query='${connectQuery.replaceAll("'", "''")}'`,
      '[pgbouncer]',
      `listen_port = ${ownPort}`,
      'listen_addr = 127.0.0.1',
      'unix_socket_dir =',
      'auth_type = trust',
      `auth_file = ${users}`,
      `admin_users = ${username}`,
      `pool_mode = ${poolMode}`,
      // It does not run as root. It changes the user itself, because that user may not be able to enter the checkout.
      ...(account ? [`user = ${account.name}`] : []),
      'default_pool_size = 40',
      'ignore_startup_parameters = options, statement_timeout, idle_in_transaction_session_timeout',
    ];
    const file = join(folder, 'pgbouncer.ini');
    writeFileSync(file, `${settings.join('\n')}\n`);
    for (const path of [users, file]) chmodSync(path, 0o644);
    const child = spawn(PROGRAM, [file], { stdio: 'ignore' });
    const url = new URL(databaseUrl);
    url.port = String(ownPort);
    const bouncer = new PgBouncer(url.href, folder, child);
    await waitFor('PgBouncer answers', () => bouncer.clients().catch(() => false as const));
    return bouncer;
  }

  /** The application names of its clients. */
  async clients(): Promise<string[]> {
    const url = new URL(this.url);
    url.pathname = '/pgbouncer';
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      const { rows } = await client.query<{ application_name: string; database: string }>('SHOW CLIENTS');
      return rows.filter(({ database }) => database !== 'pgbouncer').map((row) => row.application_name);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGKILL')) await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
