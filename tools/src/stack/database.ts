import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { type Holder, lock, tryLock } from '../../launch/lock.mjs';
import type { Child } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { ensureDatabase, startCluster } from '../postgres/cluster.js';
import { ensureOurs } from '../postgres/folder.js';
import { isAlive, isProvablyOurs, readPostmaster } from '../postgres/postmaster.js';
import { until } from '../until.js';
import { freePort, isFree } from './ports.js';
import { keptSecret } from './secrets.js';

const DATABASE = 'mini_compete';
const PREFERRED_PORT = 54_320;

export interface Database {
  readonly url: string;
  /** In words, for the person in front of the screen. */
  readonly about: string;
  /** Where it was started here. */
  readonly server?: Child;
}

/** Elsewhere for tests, which run beside a running copy. */
export const dataFolder = (root: string) => process.env.MINI_COMPETE_DATA || join(root, '.data');
const postgresFolder = (root: string) => join(dataFolder(root), 'postgres');
const password = (root: string) => keptSecret(join(dataFolder(root), 'postgres-password'));

/** A sentence now instead of a failure later, when the data of this checkout are somebody else's. */
export const ensureOwnData = (root: string) => ensureOurs(postgresFolder(root));

/**
 * The database to work with: the one that DATABASE_URL names, or the embedded one. When another command of this checkout
 * has started it, a short command uses it with that one; a long one waits, since it would lose it when the other ends.
 */
export async function openDatabase(context: CommandContext, { forLong = false } = {}): Promise<Database> {
  const { root } = context;
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, about: 'the one that DATABASE_URL names' };
  const [file, about] = [join(dataFolder(root), 'postgres.lock'), `npm run ${context.command}`];
  const say = ({ about, pid }: Holder) =>
    context.terminal.line(`"${about}" (process ${pid}) uses the database: waiting for it.`);
  const held = forLong ? await lock(file, about, say) : tryLock(file, about);
  if (!held.taken) return runningDatabase(root);
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
    about: `PostgreSQL on port ${port}, data in ${cluster.place}`,
    server: cluster.server,
  };
}

/** Another command of this checkout, such as `npm start`, runs the server: it is asked where. */
async function runningDatabase(root: string): Promise<Database> {
  const place = realpathSync(postgresFolder(root));
  let port = 0;
  await until(
    async () => {
      const server = readPostmaster(place);
      if (!server || !isAlive(server) || !(await isProvablyOurs(server, place, password(root)))) return false;
      port = server.port;
      return true;
    },
    {
      forMs: 30_000,
      otherwise: () => new Failure('Another command is starting the database of this checkout: try again in a moment.'),
    },
  );
  const url = `postgresql://postgres:${password(root)}@127.0.0.1:${port}/${DATABASE}`;
  return { url, about: `the running PostgreSQL on port ${port}` };
}
