import { existsSync } from 'node:fs';
import {
  checkInvariants,
  INVARIANTS,
  type Violation,
} from '../../apps/backend/src/operations/invariants/invariants.js';
import { Fixtures } from '../../tools/src/testing/fixtures.js';
import { BACKEND } from '../../tools/src/testing/paths.js';
import { Postgres } from '../../tools/src/testing/postgres.js';
import {
  migrate,
  type ProductOptions,
  type ProductProcess,
  spawnProduct,
  startApi,
  startWorker,
} from '../../tools/src/testing/product-process.js';
import { recordChecks } from './record.js';

/** A durable PostgreSQL with a migrated database, and API processes on it. */
export class Environment {
  private readonly processes: ProductProcess[] = [];

  private constructor(
    readonly postgres: Postgres,
    readonly databaseUrl: string,
    readonly fixtures: Fixtures,
  ) {}

  /** With the migrations of another version if its `backend` is given. */
  static async open(backend = BACKEND, startPostgres = () => Postgres.start()): Promise<Environment> {
    if (!existsSync(`${BACKEND}dist/main.api.js`)) throw new Error('Drills run the build: run "npm run build" first.');
    const postgres = await startPostgres();
    const databaseUrl = await postgres.createDatabase('drill');
    await migrate(databaseUrl, backend);
    return new Environment(postgres, databaseUrl, new Fixtures(databaseUrl));
  }

  /** To the schema of this version. */
  migrate(): Promise<void> {
    return migrate(this.databaseUrl);
  }

  async api(options: Partial<ProductOptions> = {}): Promise<ProductProcess> {
    return this.stopOnClose(await startApi({ databaseUrl: this.databaseUrl, ...options }));
  }

  apis(n: number): Promise<ProductProcess[]> {
    return Promise.all(Array.from({ length: n }, () => this.api()));
  }

  async worker(options: Partial<ProductOptions> = {}): Promise<ProductProcess> {
    return this.stopOnClose(await startWorker({ databaseUrl: this.databaseUrl, ...options }));
  }

  async brokenInvariants(): Promise<Violation[]> {
    // The tables have just been filled: without statistics, bad query plans make the checks take minutes.
    await this.fixtures.pool.query('ANALYZE');
    return recordChecks(INVARIANTS, await checkInvariants(this.fixtures.pool));
  }

  /** An API process that serves requests, but may not be ready: migrations or the whole database can be missing. */
  async liveApi(databaseUrl: string): Promise<ProductProcess> {
    return this.stopOnClose(await spawnProduct('api', { databaseUrl })).live();
  }

  stopOnClose(process: ProductProcess): ProductProcess {
    this.processes.push(process);
    return process;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    await this.fixtures.close();
    await this.postgres.stop();
  }
}
