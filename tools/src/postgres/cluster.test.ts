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
import { freePort } from '../free-port.js';
import { type Cluster, startCluster } from './cluster.js';
import { ensureOwnedByUs } from './folder.js';
import { isServerOf, type Postmaster, readPostmaster } from './postmaster.js';

const PASSWORD = 'password-of-this-test';
const tmp = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-cluster-'));
const folder = join(tmp, 'postgres');
chmodSync(tmp, 0o755); // when run by root, the server runs as another user, who needs access

async function start(password = PASSWORD): Promise<{ cluster: Cluster; processes: Processes }> {
  const processes = new Processes();
  const options = { folder, port: await freePort(), password, durable: false, log: join(tmp, 'postgres.log') };
  const cluster = await startCluster({ processes } as CommandContext, options);
  return { cluster, processes };
}

async function query<Row extends pg.QueryResultRow>(cluster: Cluster, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: cluster.url('postgres') });
  await client.connect();
  const { rows } = await client.query<Row>(sql).finally(() => client.end());
  return rows;
}

const postmaster = () => readPostmaster(folder) as Postmaster;

beforeAll(async () => {
  const { cluster, processes } = await start();
  await query(cluster, 'CREATE TABLE kept (n int)');
  await processes.stopAll();
});
afterAll(() => rmSync(tmp, { recursive: true }));

describe('the embedded PostgreSQL', () => {
  it('has uuidv7, a locale that does not depend on the machine, and synchronous_commit', async () => {
    const { cluster, processes } = await start();
    const [row] = await query(
      cluster,
      `SELECT uuid_extract_version(uuidv7()) AS uuid, lower('ÅÄÖ') AS folded, current_setting('synchronous_commit') AS commit,
              current_setting('server_encoding') AS encoding`,
    );
    expect(row).toEqual({ uuid: 7, folded: 'åäö', commit: 'on', encoding: 'UTF8' });
    await processes.stopAll();
  });

  it('keeps the data and shuts down cleanly with the tool', async () => {
    const { cluster, processes } = await start();
    await query(cluster, 'INSERT INTO kept VALUES (1)');
    const { pid } = postmaster();
    await processes.stopAll();
    expect(identityOf(pid)).toBeNull();
    expect(readFileSync(join(tmp, 'postgres.log'), 'utf8')).toContain('database system is shut down');
    const again = await start();
    expect(await query(again.cluster, 'SELECT FROM kept')).toHaveLength(1);
    await again.processes.stopAll();
  });

  it('stops an orphaned server of the same folder and starts', async () => {
    // Orphaned: nothing stops it before the next start.
    const { cluster } = await start();
    const orphan = postmaster();
    expect(await isServerOf(orphan, folder, PASSWORD)).toBe(true);
    const next = await start();
    expect(postmaster().pid).not.toBe(orphan.pid);
    expect(cluster.server.running()).toBe(false);
    expect(await query(next.cluster, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await next.processes.stopAll();
  });

  it('does not stop another process that has the id of an earlier server', async () => {
    const other = spawn('sleep', ['300']);
    writeFileSync(join(folder, 'postmaster.pid'), `${other.pid}\n${folder}\n1700000000\n1\n\n127.0.0.1\n`);
    const { processes } = await start();
    expect(other.exitCode).toBeNull();
    expect(other.signalCode).toBeNull();
    await processes.stopAll();
    other.kill();
    await once(other, 'exit');
  });

  it('recovers after SIGKILL of the server', async () => {
    const { cluster } = await start();
    await query(cluster, 'INSERT INTO kept VALUES (2)');
    process.kill(postmaster().pid, 'SIGKILL');
    await vi.waitFor(() => expect(cluster.server.running()).toBe(false), 20_000);
    const next = await start();
    expect(await query(next.cluster, 'SELECT FROM kept WHERE n = 2')).toHaveLength(1);
    await next.processes.stopAll();
  });

  it('S8: restarts with its data on the same port after SIGKILL, while clients were connected', async () => {
    const { cluster, processes } = await start();
    await query(cluster, 'INSERT INTO kept VALUES (3)');
    const client = new pg.Client({ connectionString: cluster.url('postgres') });
    client.on('error', () => {});
    await client.connect();
    const { pid, port } = postmaster();
    process.kill(pid, 'SIGKILL');
    await cluster.server.ended;
    expect(await cluster.acceptsConnections()).toBe(false);
    let server = await cluster.restart();
    await vi.waitFor(
      async () => {
        // It refuses to start until the last session of the killed server has ended.
        if (!server.running()) server = await cluster.restart();
        expect(await cluster.acceptsConnections()).toBe(true);
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(postmaster().port).toBe(port);
    expect(await query(cluster, 'SELECT FROM kept WHERE n = 3')).toHaveLength(1);
    await processes.stopAll();
    expect(identityOf(server.pid)).toBeNull();
  });

  it('reports that the password does not belong to the folder', async () => {
    await expect(start('another')).rejects.toThrow('rejects its password');
  });

  it('reports that the data belongs to another user', () => {
    expect(() => ensureOwnedByUs('/usr')).toThrow(
      /^The data folder \/usr belongs to root, but the database would run as .+ Run this command as the user/,
    );
  });

  it('reports that another version of PostgreSQL wrote the data', async () => {
    const version = join(folder, 'PG_VERSION');
    const written = readFileSync(version, 'utf8');
    writeFileSync(version, '17\n');
    await expect(start()).rejects.toThrow('was written by PostgreSQL 17');
    writeFileSync(version, written);
  });
});
