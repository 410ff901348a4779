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
import { ensureVersion, isInitialised, prepareFolder } from './folder.js';
import { endLeftover } from './leftover.js';
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
  /** Where the data really are. */
  readonly place: string;
  readonly server: Child;
}

const START_MS = 60_000;

/** A real PostgreSQL on this machine that ends with the tool, however the tool ends. */
export async function startCluster(context: CommandContext, options: ClusterOptions): Promise<Cluster> {
  const { folder, port, password, durable, log } = options;
  const account = serverAccount();
  const binaries = await findBinaries(account);
  const place = prepareFolder(folder, account);
  if (!isInitialised(place)) await initialise(context, binaries, place, password, account);
  ensureVersion(place);
  await endLeftover(place, password);
  const server = context.processes.start({
    name: 'PostgreSQL',
    command: binaries.postgres,
    args: ['-D', place, '-p', String(port), ...settings({ durable })],
    env: serverEnv(),
    cwd: '/',
    account,
    log,
    tier: 0,
    // Its words: SIGINT ends sessions and stops cleanly, SIGQUIT stops at once and recovers at the next start.
    signal: 'SIGINT',
    graceMs: 20_000,
    last: 'SIGQUIT',
  });
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await until(() => answers(url('postgres')), {
    forMs: START_MS,
    stopIf: () => !server.running(),
    otherwise: () => new Failure('PostgreSQL did not start. The end of its log:', server.tail()),
  });
  return { url, place, server };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // It is up, and lets us not in: waiting does not help.
    if ((error as { code?: string }).code?.startsWith('28'))
      throw new Failure(
        'The embedded database refuses its own password: .data/postgres-password is not the one that .data/postgres was made with.',
      );
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** PostgreSQL takes its messages' language and more from these; here they are the same everywhere. */
function serverEnv(): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH: _, ...env } = process.env;
  return { ...env, LC_ALL: 'C', TZ: 'UTC' };
}

async function initialise(
  context: CommandContext,
  { initdb }: Binaries,
  place: string,
  password: string,
  account?: Account,
) {
  // Made beside and moved into place at the end: a kill half-way leaves nothing that looks like data.
  const unfinished = `${place}.new`;
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
        // The one locale that sorts and folds the same on every machine, whatever is installed there.
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--lc-collate=C',
        '--lc-ctype=C',
      ],
      env: serverEnv(),
      cwd: '/',
      account,
    });
    rmdirSync(place);
    renameSync(unfinished, place);
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
