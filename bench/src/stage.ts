import { resolve } from 'node:path';
import { type Front, startFront } from './house/front.js';
import { BACKEND } from './house/places.js';
import { Postgres } from './house/postgres.js';
import { migrate, type Program, startApi } from './house/process.js';
import { type Person, World } from './house/world.js';
import { type Outcome, type Plan, refusedWithoutReason } from './load/load.js';
import { LoadProcess } from './load/process.js';
import type { Options } from './options.js';

interface Invariants {
  checkInvariants(pool: World['pool']): Promise<{ id: string; says: string }[]>;
  sampleInvariants(pool: World['pool']): Promise<{ id: string; says: string }[]>;
}

export const CONNECTIONS = 256;

/** Everything that figures are taken on: a durable PostgreSQL, the API, and somebody who asks. */
export class Stage {
  readonly measured: Record<string, number[]> = {};
  refused = 0;

  private constructor(
    readonly options: Options,
    readonly postgres: Postgres,
    readonly load: LoadProcess,
    private readonly invariants: Invariants,
  ) {}

  static async open(options: Options): Promise<Stage> {
    const invariants = (await import(`${BACKEND}dist/registrations/invariants.js`)) as Invariants;
    return new Stage(options, await Postgres.start(), new LoadProcess(), invariants);
  }

  /** A database with the product's tables. */
  async world(name: string, postgres = this.postgres): Promise<World> {
    const url = await postgres.createDatabase(name);
    await migrate(url);
    return new World(url);
  }

  api(world: World, env: NodeJS.ProcessEnv = {}): Promise<Program> {
    return startApi({ databaseUrl: world.databaseUrl, nodeArgs: this.profileTo('.'), env });
  }

  /** The API with the web app behind it. */
  front({ databaseUrl }: World, webProcesses = 1): Promise<Front> {
    const [nodeArgs, webNodeArgs] = [this.profileTo('.'), this.profileTo('web')];
    return startFront({ databaseUrl, nodeArgs, webNodeArgs, webProcesses });
  }

  private profileTo(folder: string): string[] {
    const { profile } = this.options;
    return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile, folder)}`];
  }

  note(name: string, value: number): number {
    this.measured[name] ??= [];
    this.measured[name].push(value);
    console.log(`  ${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 0)}`);
    return value;
  }

  of(name: string): readonly number[] {
    return this.measured[name] ?? [];
  }

  /** Two that were taken in the same rounds, round by round. */
  ratios(above: string, below: string): number[] {
    return this.of(above).map((value, round) => value / (this.of(below)[round] ?? Number.NaN));
  }

  /** People ask for seats in these; a run that broke a rule is no figure. */
  async registering(world: World, api: Program, competitionIds: string[], people: Person[], plan: Partial<Plan> = {}) {
    const outcome = await this.load.load({
      url: api.url,
      connections: CONNECTIONS,
      forMs: this.options.forMs,
      what: { kind: 'register', competitionIds, people },
      ...plan,
    });
    this.refused += refusedWithoutReason(outcome);
    await this.ensureSound(world, competitionIds, outcome);
    return outcome;
  }

  /** A run in which anything was not answered with 200 is no figure. */
  async loadOk(what: string, plan: Plan, load = this.load): Promise<Outcome> {
    const outcome = await load.load(plan);
    const { answers } = outcome;
    if (Object.keys(answers).some((name) => name !== '200')) throw new Error(`${what}: ${JSON.stringify(answers)}`);
    return outcome;
  }

  async ensureSound(world: World, competitionIds: string[], { answers }: Outcome): Promise<void> {
    const seated = await world.seated(competitionIds);
    if (seated !== (answers[201] ?? 0)) throw new Error(`${answers[201]} were told that they are in, ${seated} are`);
    ensureNone(await this.invariants.sampleInvariants(world.pool));
  }

  async ensureAllSound(world: World): Promise<void> {
    // Tables that grew from nothing a moment ago: without statistics the checks take hours.
    await world.pool.query('ANALYZE');
    ensureNone(await this.invariants.checkInvariants(world.pool));
  }

  async close(): Promise<void> {
    this.load.stop();
    await this.postgres.stop();
  }
}

function ensureNone(violations: readonly { id: string; says: string }[]): void {
  if (violations.length > 0) throw new Error(`Broken: ${violations.map(({ id, says }) => `${id} ${says}`).join('; ')}`);
}

/** Takes people from the front and, when they are used up, starts again: competitions are new each time. */
export class Crowd {
  private next = 0;

  constructor(private readonly people: readonly Person[]) {}

  take(n: number): Person[] {
    if (this.next + n > this.people.length) this.next = 0;
    this.next += n;
    return this.people.slice(this.next - n, this.next);
  }
}
