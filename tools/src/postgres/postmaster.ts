import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { identityOf } from '../../launch/identity.mjs';

/** What a server says about itself in its data folder. */
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
    return undefined;
  }
}

export const isAlive = ({ pid }: Postmaster): boolean => identityOf(pid) !== null;

const CLOCK_SLACK_S = 5;

/**
 * Whether the process that the file names is the server of this very folder. The number may belong to anything by now, so
 * the server itself is asked, with a password that only this folder's server knows; where it does not answer (it is just
 * starting, or ending), its command line has to name the folder.
 */
export async function isProvablyOurs(postmaster: Postmaster, folder: string, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: postmaster.port,
    user: 'postgres',
    database: 'postgres',
    password,
    connectionTimeoutMillis: 3_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string; started: string }>(
      "SELECT current_setting('data_directory') AS folder, extract(epoch FROM pg_postmaster_start_time()) AS started",
    );
    const [server] = rows;
    return server?.folder === folder && Math.abs(Number(server.started) - postmaster.started) < CLOCK_SLACK_S;
  } catch {
    return runsOn(postmaster.pid, folder);
  } finally {
    await client.end().catch(() => {});
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
    return [];
  }
}
