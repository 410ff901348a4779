import { chownSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '../../launch/failure.mjs';
import type { Child } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { until } from '../until.js';
import { type Account, serverAccount } from './account.js';
import { type Binaries, findBinaries } from './binaries.js';
import { ensureVersion, isInitialized, prepareFolder } from './folder.js';
import { stopOrphan } from './postmaster.js';
import { settings } from './settings.js';

export interface ClusterOptions {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly durable: boolean;
  readonly log: string;
}

export interface Cluster {
  readonly url: (database: string) => string;
  /** The real path of the data. */
  readonly folder: string;
  readonly server: Child;
  /** Starts the server again after it ended, on the same port. Does not wait for crash recovery, which can take minutes. */
  readonly restart: () => Promise<Child>;
  readonly acceptsConnections: () => Promise<boolean>;
}

const START_TIMEOUT_MS = 60_000;

/** Starts the embedded PostgreSQL. The watchdog stops it with this process. */
export async function startCluster(context: CommandContext, options: ClusterOptions): Promise<Cluster> {
  const { port, password, durable, log } = options;
  const account = serverAccount();
  const binaries = await findBinaries(account);
  const folder = prepareFolder(options.folder, account);
  if (!isInitialized(folder)) await initialize(context, binaries, folder, password, account);
  ensureVersion(folder);
  const start = async () => {
    await stopOrphan(folder, password);
    return context.processes.start({
      name: 'PostgreSQL',
      command: binaries.postgres,
      args: ['-D', folder, '-p', String(port), ...settings({ durable })],
      env: serverEnv(),
      cwd: '/',
      account,
      log,
      tier: 0,
      // SIGINT: fast shutdown, which ends sessions and stops cleanly. SIGQUIT: immediate shutdown, which needs recovery at
      // the next start. SIGTERM would wait for all sessions to end.
      stopSignal: 'SIGINT',
      graceMs: 20_000,
      killSignal: 'SIGQUIT',
    });
  };
  const server = await start();
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await until(() => acceptsConnections(url('postgres')), {
    timeoutMs: START_TIMEOUT_MS,
    stopIf: () => !server.running(),
    error: () => new Failure('PostgreSQL did not start. The end of its log:', server.tail()),
  });
  return {
    ...{ url, folder, server, restart: start },
    acceptsConnections: () => acceptsConnections(url('postgres')).catch(() => false), // the password became wrong
  };
}

async function acceptsConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // a lost connection also rejects connect(); without a listener it would be thrown
  try {
    await client.connect();
    return true;
  } catch (error) {
    // Class 28, invalid authorization: the server runs, so waiting does not help.
    if ((error as { code?: string }).code?.startsWith('28'))
      throw new Failure(
        'The embedded database rejects its password: .data/postgres-password does not belong to the data in .data/postgres.',
      );
    return false; // not listening yet, or still starting
  } finally {
    await client.end().catch(() => {}); // the connection may have failed already
  }
}

/** The locale and time zone of the user would change the language of messages and the defaults of initdb. */
function serverEnv(): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH: _, ...env } = process.env;
  return { ...env, LC_ALL: 'C', TZ: 'UTC' };
}

async function initialize(
  context: CommandContext,
  { initdb }: Binaries,
  folder: string,
  password: string,
  account?: Account,
) {
  // Renamed at the end, so that an interrupted initdb leaves no folder that looks initialized.
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const secrets = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-'));
  const passwordFile = join(secrets, 'password');
  try {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) for (const path of [unfinished, secrets, passwordFile]) chownSync(path, account.uid, account.gid);
    await context.processes.run({
      name: 'initdb',
      command: initdb,
      args: [
        `--pgdata=${unfinished}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in locale sorts and changes case in the same way on every machine.
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--lc-collate=C',
        '--lc-ctype=C',
      ],
      env: serverEnv(),
      cwd: '/',
      account,
    });
    rmdirSync(folder);
    renameSync(unfinished, folder);
  } finally {
    rmSync(secrets, { recursive: true, force: true });
  }
}

export async function ensureDatabase(cluster: Pick<Cluster, 'url'>, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
