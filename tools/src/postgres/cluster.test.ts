import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { identityOf } from '../../launch/identity.mjs';
import { Processes } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { freePort } from '../stack/ports.js';
import { type Cluster, startCluster } from './cluster.js';
import { ensureOurs } from './folder.js';
import { isProvablyOurs, type Postmaster, readPostmaster } from './postmaster.js';

const PASSWORD = 'password-of-this-test';
const tmp = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-cluster-'));
const folder = join(tmp, 'postgres');
chmodSync(tmp, 0o755); // as root, the server runs as another user, who has to get in

async function start(password = PASSWORD): Promise<{ cluster: Cluster; processes: Processes }> {
  const processes = new Processes();
  const options = { folder, port: await freePort(), password, durable: false, log: join(tmp, 'postgres.log') };
  const cluster = await startCluster({ processes } as CommandContext, options);
  return { cluster, processes };
}

async function ask<Row extends pg.QueryResultRow>(cluster: Cluster, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  const { rows } = await client.query<Row>(sql).finally(() => client.end());
  return rows;
}

const postmaster = () => readPostmaster(folder) as Postmaster;

beforeAll(async () => {
  const { cluster, processes } = await start();
  await ask(cluster, 'CREATE TABLE kept (n int)');
  await processes.endAll();
});
afterAll(() => rmSync(tmp, { recursive: true }));

describe('the embedded PostgreSQL', () => {
  it('is a version with uuidv7, sorts and folds the same everywhere, and keeps synchronous_commit', async () => {
    const { cluster, processes } = await start();
    const [row] = await ask(
      cluster,
      `SELECT uuid_extract_version(uuidv7()) AS uuid, lower('ÅÄÖ') AS folded, current_setting('synchronous_commit') AS commit,
              current_setting('server_encoding') AS encoding`,
    );
    expect(row).toEqual({ uuid: 7, folded: 'åäö', commit: 'on', encoding: 'UTF8' });
    await processes.endAll();
  });

  it('keeps the data, and stops cleanly with the tool', async () => {
    const { cluster, processes } = await start();
    await ask(cluster, 'INSERT INTO kept VALUES (1)');
    const { pid } = postmaster();
    await processes.endAll();
    expect(identityOf(pid)).toBeNull();
    expect(readFileSync(join(tmp, 'postgres.log'), 'utf8')).toContain('database system is shut down');
    const again = await start();
    expect(await ask(again.cluster, 'SELECT FROM kept')).toHaveLength(1);
    await again.processes.endAll();
  });

  it('ends a server that was left behind, and starts', async () => {
    // Left behind: nobody's warden knows it any more.
    const { cluster } = await start();
    const left = postmaster();
    expect(await isProvablyOurs(left, folder, PASSWORD)).toBe(true);
    const next = await start();
    expect(postmaster().pid).not.toBe(left.pid);
    expect(cluster.server.running()).toBe(false);
    expect(await ask(next.cluster, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await next.processes.endAll();
  });

  it('leaves alone a process that only has the number of the server that was', async () => {
    const stranger = spawn('sleep', ['300']);
    writeFileSync(join(folder, 'postmaster.pid'), `${stranger.pid}\n${folder}\n1700000000\n1\n\n127.0.0.1\n`);
    const { processes } = await start();
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    await processes.endAll();
    stranger.kill();
    await once(stranger, 'exit');
  });

  it('is there for the next start after a kill -9 of the server itself', async () => {
    const { cluster } = await start();
    await ask(cluster, 'INSERT INTO kept VALUES (2)');
    process.kill(postmaster().pid, 'SIGKILL');
    await vi.waitFor(() => expect(cluster.server.running()).toBe(false));
    const next = await start();
    expect(await ask(next.cluster, 'SELECT FROM kept WHERE n = 2')).toHaveLength(1);
    await next.processes.endAll();
  });

  it('says in a sentence that the password is not the one of this folder', async () => {
    await expect(start('another')).rejects.toThrow('refuses its own password');
  });

  it('says in a sentence that the data belong to somebody else', () => {
    expect(() => ensureOurs('/usr')).toThrow(
      /^The data folder \/usr belongs to root, and the database would run as .+ A checkout has one owner/,
    );
  });

  it('says in a sentence that the data are of another version', async () => {
    const version = join(folder, 'PG_VERSION');
    const written = readFileSync(version, 'utf8');
    writeFileSync(version, '17\n');
    await expect(start()).rejects.toThrow('were written by PostgreSQL 17');
    writeFileSync(version, written);
  });
});
