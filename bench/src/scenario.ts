import { resolve } from 'node:path';
import { Fixtures, type Person } from '../../tools/src/testing/fixtures.js';
import { BACKEND } from '../../tools/src/testing/paths.js';
import { Postgres } from '../../tools/src/testing/postgres.js';
import { migrate, type ProductProcess, startApi } from '../../tools/src/testing/product-process.js';
import { type Front, startFront } from './environment/front.js';
import { countUnexpectedFailures, type LoadPlan, type LoadResult } from './load/load.js';
import { LoadProcess } from './load/load-process.js';
import type { Options } from './options.js';

type Violation = { readonly id: string; readonly rule: string };

interface Invariants {
  checkInvariants(pool: Fixtures['pool']): Promise<Violation[]>;
  sampleInvariants(pool: Fixtures['pool']): Promise<Violation[]>;
}

interface FixturesOptions {
  readonly postgres?: Postgres;
  readonly backend?: string | undefined;
}

export const CONNECTIONS = 256;

/** What every figure needs: a durable PostgreSQL, processes of the product, a load generator, recorded results. */
export class Scenario {
  readonly measured: Record<string, number[]> = {};
  unexpectedFailures = 0;

  private constructor(
    readonly options: Options,
    readonly postgres: Postgres,
    readonly load: LoadProcess,
    private readonly invariants: Invariants,
  ) {}

  static async open(options: Options): Promise<Scenario> {
    const invariants = (await import(`${BACKEND}dist/operations/invariants/invariants.js`)) as Invariants;
    return new Scenario(options, await Postgres.start(), new LoadProcess(), invariants);
  }

  /** A new database with all migrations, or those of an earlier version whose `backend` is given. */
  async fixtures(name: string, { postgres = this.postgres, backend }: FixturesOptions = {}): Promise<Fixtures> {
    const url = await postgres.createDatabase(name);
    await migrate(url, backend);
    return new Fixtures(url);
  }

  api({ databaseUrl }: Fixtures, env: NodeJS.ProcessEnv = {}): Promise<ProductProcess> {
    return startApi({ databaseUrl, nodeArgs: this.profileTo('.'), env });
  }

  /** The API with the web app behind it. */
  front({ databaseUrl }: Fixtures, webProcesses = 1): Promise<Front> {
    const [nodeArgs, webNodeArgs] = [this.profileTo('.'), this.profileTo('web')];
    return startFront({ databaseUrl, nodeArgs, webNodeArgs, webProcesses });
  }

  private profileTo(folder: string): string[] {
    const { profile } = this.options;
    return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile, folder)}`];
  }

  record(name: string, value: number): void {
    this.measured[name] ??= [];
    this.measured[name].push(value);
    console.log(`  ${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 0)}`);
  }

  valuesOf(name: string): readonly number[] {
    return this.measured[name] ?? [];
  }

  /** Round by round: both values of a round were measured under the same conditions. */
  ratios(numerator: string, denominator: string): number[] {
    return this.valuesOf(numerator).map((value, round) => value / (this.valuesOf(denominator)[round] ?? Number.NaN));
  }

  /** Sends registrations. A run that violated an invariant throws instead of giving a figure. */
  async register(
    fixtures: Fixtures,
    api: ProductProcess,
    competitionIds: string[],
    people: Person[],
    plan: Partial<LoadPlan> = {},
  ): Promise<LoadResult> {
    const result = await this.load.load({
      url: api.url,
      connections: CONNECTIONS,
      forMs: this.options.forMs,
      what: { kind: 'register', competitionIds, people },
      ...plan,
    });
    this.unexpectedFailures += countUnexpectedFailures(result);
    await this.ensureConsistent(fixtures, competitionIds, result);
    return result;
  }

  /** Throws unless every response has status 200. */
  async loadOk(what: string, plan: LoadPlan, load = this.load): Promise<LoadResult> {
    const result = await load.load(plan);
    const { counts } = result;
    if (Object.keys(counts).some((name) => name !== '200')) throw new Error(`${what}: ${JSON.stringify(counts)}`);
    return result;
  }

  async ensureConsistent(fixtures: Fixtures, competitionIds: string[], { counts }: LoadResult): Promise<void> {
    const [accepted, seated] = [counts[201] ?? 0, await fixtures.countSeated(competitionIds)];
    if (seated !== accepted) throw new Error(`${accepted} registrations were accepted, ${seated} are in the database`);
    ensureNone(await this.invariants.sampleInvariants(fixtures.pool));
  }

  async ensureAllInvariants({ pool }: Fixtures): Promise<void> {
    // The tables have just been filled: without statistics, bad query plans make the checks take hours.
    await pool.query('ANALYZE');
    ensureNone(await this.invariants.checkInvariants(pool));
  }

  async postgresVersion(): Promise<string> {
    const fixtures = new Fixtures(this.postgres.url('postgres'));
    const { rows } = await fixtures.pool.query<{ server_version: string }>('SHOW server_version');
    await fixtures.close();
    return rows[0]?.server_version ?? '';
  }

  async close(): Promise<void> {
    this.load.stop();
    await this.postgres.stop();
  }
}

function ensureNone(violations: readonly Violation[]): void {
  if (violations.length > 0)
    throw new Error(`Violated invariants: ${violations.map(({ id, rule }) => `${id} ${rule}`).join('; ')}`);
}

/** Hands out people, and the same ones again after the last: every run has new competitions. */
export class PeoplePool {
  private next = 0;

  constructor(private readonly people: readonly Person[]) {}

  take(n: number): Person[] {
    if (this.next + n > this.people.length) this.next = 0;
    this.next += n;
    return this.people.slice(this.next - n, this.next);
  }
}
