import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { type Holder, lock, tryLock } from '../../launch/lock.mjs';
import type { CommandContext } from '../context.js';
import { freePort } from '../free-port.js';
import { ensureDatabase, startCluster } from '../postgres/cluster.js';
import { ensureOwnedByUs } from '../postgres/folder.js';
import { isAlive, isServerOf, readPostmaster } from '../postgres/postmaster.js';
import { until } from '../until.js';
import { dataFolder, persistentSecret } from './data-folder.js';
import { isFree } from './ports.js';
import type { Part } from './supervisor.js';

const DATABASE = 'mini_compete';
const PREFERRED_PORT = 54_320;

export interface Database {
  readonly url: string;
  /** Shown to the user. */
  readonly about: string;
  /** Only if this command started it. */
  readonly server?: Part;
}

const postgresFolder = (root: string) => join(dataFolder(root), 'postgres');
const password = (root: string) => persistentSecret(join(dataFolder(root), 'postgres-password'));

/** Checked before the build, which can take minutes. */
export const ensureOwnData = (root: string) => ensureOwnedByUs(postgresFolder(root));

/**
 * The database of DATABASE_URL, or the embedded one. If another command of this checkout runs the embedded one, a short
 * command connects to it. A long-running command waits until it can start its own, because the server stops with the
 * command that started it.
 */
export async function openDatabase(context: CommandContext, { longRunning = false } = {}): Promise<Database> {
  const { root } = context;
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, about: 'set by DATABASE_URL' };
  const [file, holder] = [join(dataFolder(root), 'postgres.lock'), `npm run ${context.command}`];
  const onWait = ({ about, pid }: Holder) =>
    context.terminal.line(`Waiting for "${about}" (process ${pid}), which uses the database.`);
  const attempt = longRunning ? await lock(file, holder, onWait) : tryLock(file, holder);
  if (!attempt.taken) return connectToRunning(root);
  const port = (await isFree(PREFERRED_PORT)) ? PREFERRED_PORT : await freePort();
  const cluster = await startCluster(context, {
    folder: postgresFolder(root),
    port,
    password: password(root),
    durable: true,
    log: join(dataFolder(root), 'log/postgres.log'),
  });
  await ensureDatabase(cluster, DATABASE);
  return {
    url: cluster.url(DATABASE),
    about: `PostgreSQL on port ${port}, data in ${cluster.folder}`,
    server: {
      child: cluster.server,
      restart: cluster.restart,
      isHealthy: cluster.acceptsConnections,
      folder: cluster.folder,
    },
  };
}

/** The server that another command of this checkout started, for example `npm start`; its data folder has the port. */
async function connectToRunning(root: string): Promise<Database> {
  const folder = realpathSync(postgresFolder(root));
  let port = 0;
  await until(
    async () => {
      const postmaster = readPostmaster(folder);
      if (!postmaster || !isAlive(postmaster)) return false;
      port = postmaster.port;
      return isServerOf(postmaster, folder, password(root));
    },
    {
      timeoutMs: 30_000,
      error: () =>
        new Failure('Another command is still starting the database of this checkout. Try again in a moment.'),
    },
  );
  const url = `postgresql://postgres:${password(root)}@127.0.0.1:${port}/${DATABASE}`;
  return { url, about: `the running PostgreSQL on port ${port}` };
}
