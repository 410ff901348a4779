import { existsSync } from 'node:fs';
import { BACKEND } from '../../bench/src/house/places.js';
import { Postgres } from '../../bench/src/house/postgres.js';
import { launch, migrate, type Program, type ProgramOptions, startApi } from '../../bench/src/house/process.js';
import { until } from '../../bench/src/house/until.js';
import { World } from '../../bench/src/house/world.js';

/** A durable PostgreSQL with the product's tables, and real processes on it. */
export class House {
  private readonly programs: Program[] = [];

  private constructor(
    readonly postgres: Postgres,
    readonly databaseUrl: string,
    readonly world: World,
  ) {}

  static async open(): Promise<House> {
    if (!existsSync(`${BACKEND}dist/main.api.js`)) throw new Error('Drills run what is built: npm run build first.');
    const postgres = await Postgres.start();
    const databaseUrl = await postgres.createDatabase('drill');
    await migrate(databaseUrl);
    return new House(postgres, databaseUrl, new World(databaseUrl));
  }

  async api(options: Partial<ProgramOptions> = {}): Promise<Program> {
    const program = await startApi({ databaseUrl: this.databaseUrl, ...options });
    this.programs.push(program);
    return program;
  }

  apis(n: number): Promise<Program[]> {
    return Promise.all(Array.from({ length: n }, () => this.api()));
  }

  /** One that answers, whatever it thinks of its database. */
  async unreadyApi(databaseUrl: string): Promise<Program> {
    const program = await launch('api', 'BACKEND_PORT', { databaseUrl });
    this.programs.push(program);
    await until('it answers', async () => (await fetch(`${program.url}/health/live`).catch(() => undefined))?.ok);
    return program;
  }

  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.kill()));
    await this.world.close();
    await this.postgres.stop();
  }
}
