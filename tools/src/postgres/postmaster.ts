import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Failure } from '../../launch/failure.mjs';
import { identityOf } from '../../launch/identity.mjs';
import { until } from '../until.js';

/** The contents of postmaster.pid, which a server writes into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly folder: string;
  /** Seconds since 1970. */
  readonly started: number;
  readonly port: number;
}

export function readPostmaster(folder: string): Postmaster | undefined {
  try {
    const [pid, data = '', started, port] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(pid), folder: data, started: Number(started), port: Number(port) };
  } catch {
    return undefined; // no server has run, or the last one stopped cleanly
  }
}

export const isAlive = ({ pid }: Postmaster): boolean => identityOf(pid) !== null;

/**
 * Stops a server that an earlier run left running on this data folder, after everything was killed at once for example.
 * postmaster.pid alone is no proof: the process id may have been reused by another program, which must not be stopped.
 */
export async function stopOrphan(folder: string, password: string): Promise<void> {
  const postmaster = readPostmaster(folder);
  if (!postmaster || !isAlive(postmaster)) return; // PostgreSQL replaces the file of a dead server itself
  if (!(await isServerOf(postmaster, folder, password))) {
    // PostgreSQL would refuse to start, because a process with this id exists.
    rmSync(join(folder, 'postmaster.pid'), { force: true });
    return;
  }
  process.kill(postmaster.pid, 'SIGINT');
  await until(async () => !isAlive(postmaster), {
    timeoutMs: 20_000,
    error: () =>
      new Failure(`A PostgreSQL of an earlier run (process ${postmaster.pid}) does not stop. Stop it and try again.`),
  });
}

const MAX_CLOCK_DIFFERENCE_S = 5;

/**
 * Whether the process is the server of this data folder. Asks the server itself, with the password of this folder. If it
 * does not answer, because it is starting or stopping, its command line must name the folder.
 */
export async function isServerOf(postmaster: Postmaster, folder: string, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: 'postgres',
    database: 'postgres',
    password,
    connectionTimeoutMillis: 3_000,
  });
  client.on('error', () => {}); // a lost connection also rejects the query; without a listener it would be thrown
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; started: string }>(
      "SELECT current_setting('data_directory') AS folder, extract(epoch FROM pg_postmaster_start_time()) AS started",
    );
    const [server] = rows;
    return server?.folder === folder && Math.abs(Number(server.started) - postmaster.started) < MAX_CLOCK_DIFFERENCE_S;
  } catch {
    return runsOn(postmaster.pid, folder);
  } finally {
    await client.end().catch(() => {}); // the connection may have failed already
  }
}

function runsOn(pid: number, folder: string): boolean {
  const [program = '', ...args] = commandOf(pid);
  return /postgres$/.test(program) && args[args.indexOf('-D') + 1] === folder;
}

function commandOf(pid: number): string[] {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ');
  } catch {
    return []; // the process has exited
  }
}
