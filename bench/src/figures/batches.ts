import type { Fixtures, Person } from '../../../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../../../tools/src/testing/product-process.js';
import { countUnexpectedFailures, type LoadResult } from '../load/load.js';
import { LoadProcess } from '../load/load-process.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

/** More than can be admitted during one run. */
const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;
const MAX_DISTURBING = 5_000;
const QUIET_COMPETITIONS = 9;
/** Of what is registered undisturbed. Most batches have one of these, and they cost the others little CPU time. */
const DISTURBING_SHARE = 0.05;
/** For the latencies: far from saturating the API, so that what they show is waiting for a lock. */
const CALM_SHARE = 0.25;

/** What those who share a batch with a disturbance notice of it. */
export async function batches(scenario: Scenario): Promise<Figure[]> {
  const fixtures = await scenario.fixtures('batches');
  const others = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  const api = await scenario.api(fixtures);
  const bench = new Batches(scenario, fixtures, api, others);
  for (let round = 0; round < scenario.options.rounds; round++) {
    console.log(`batches, round ${round + 1} of ${scenario.options.rounds}`);
    await bench.undisturbed();
    const measurements = [
      () => bench.calm(),
      () => bench.besideDuplicates(),
      () => bench.besideQuietCompetitions(),
      () => bench.besideWaitlister(),
      () => bench.besideLockedUser(),
    ];
    for (let i = 0; i < measurements.length; i++) await measurements[(i + round) % measurements.length]?.();
  }
  await scenario.ensureAllInvariants(fixtures);
  bench.close();
  await api.stop();
  await fixtures.close();

  const perSecond = (name: string) => `${median(scenario.valuesOf(name)).toFixed(0)}/s`;
  const ratio = (name: string, from: string): Figure => ({
    figure: name,
    rounds: scenario.ratios(name, UNDISTURBED),
    unit: ' ×',
    goal: { atLeast: 0.9 },
    from: `${perSecond(name)} against ${perSecond(UNDISTURBED)}; ${from}`,
  });
  const p99 = (name: string, from: string): Figure => ({
    figure: name,
    rounds: scenario.valuesOf(name),
    unit: ' ms',
    goal: { atMost: 100 },
    from: `${median(scenario.valuesOf(CALM)).toFixed(1)} ms undisturbed, at a quarter of the load; ${from}`,
  });
  return [
    ratio(DUPLICATES, 'one request in twenty is a repetition'),
    ratio(QUIET, `one request in twenty is for the ${QUIET_COMPETITIONS} others`),
    p99(WAITLISTER, 'the row of the sold-out competition is locked by hand'),
    p99(LOCKED_USER, 'the row of the user is locked by hand'),
    {
      figure: 'others refused without reason',
      rounds: [bench.unexpectedFailures],
      unit: '',
      goal: { atMost: 0 },
      from: 'in all runs above',
    },
  ];
}

const UNDISTURBED = 'registering, undisturbed';
const CALM = 'p99 of registering, undisturbed';
const DUPLICATES = 'registering beside one account that repeats';
const QUIET = 'registering for the busy one of ten competitions';
const WAITLISTER = 'p99 of "full" beside one who waits for the waitlist';
const LOCKED_USER = 'p99 of registering beside a locked user';

class Batches {
  unexpectedFailures = 0;
  private readonly disturbance = new LoadProcess();

  constructor(
    private readonly scenario: Scenario,
    private readonly fixtures: Fixtures,
    private readonly api: ProductProcess,
    private readonly others: PeoplePool,
  ) {}

  close(): void {
    this.disturbance.stop();
  }

  async undisturbed(): Promise<void> {
    const { perSecond } = await this.register(await this.competition());
    this.scenario.record(UNDISTURBED, perSecond);
  }

  async calm(): Promise<void> {
    this.scenario.record(CALM, (await this.register(await this.competition(), CALM_SHARE)).p99);
  }

  async besideDuplicates(): Promise<void> {
    const competitionId = await this.competition();
    const disturb = this.disturb([competitionId], repeated(await this.person()));
    const [{ perSecond }] = await Promise.all([this.register(competitionId), disturb]);
    this.scenario.record(DUPLICATES, perSecond);
  }

  async besideQuietCompetitions(): Promise<void> {
    const quiet = await this.fixtures.competitions(QUIET_COMPETITIONS, { capacity: LARGE_CAPACITY });
    const people = await this.fixtures.people(MAX_DISTURBING);
    const busy = await this.competition();
    const [{ perSecond }] = await Promise.all([this.register(busy), this.disturb(quiet, people)]);
    this.scenario.record(QUIET, perSecond);
  }

  async besideWaitlister(): Promise<void> {
    const competitionId = await this.competition(1);
    const waitlister = await this.person();
    if ((await this.send(competitionId, await this.person(), {})) !== 201) throw new Error('The only seat is taken');
    await this.whileLocked('competitions', competitionId, async () => {
      const waiting = this.send(competitionId, waitlister, { joinWaitlist: true });
      this.scenario.record(WAITLISTER, (await this.register(competitionId, CALM_SHARE)).p99);
      await waiting;
    });
  }

  async besideLockedUser(): Promise<void> {
    const [competitionId, locked] = [await this.competition(), await this.person()];
    await this.whileLocked('users', locked.id, async () => {
      // As `Retry-After` says.
      const disturb = this.disturb([competitionId], repeated(locked), { connections: 1, rate: 1 });
      const [{ p99 }] = await Promise.all([this.register(competitionId, CALM_SHARE), disturb]);
      this.scenario.record(LOCKED_USER, p99);
    });
  }

  private competition(capacity = LARGE_CAPACITY): Promise<string> {
    return this.fixtures.competition({ capacity });
  }

  private async person(): Promise<Person> {
    const [person] = await this.fixtures.people(1);
    return person as Person;
  }

  private rate(share: number): number {
    return median(this.scenario.valuesOf(UNDISTURBED)) * share;
  }

  /** The registrations of the others: a share of what is possible, or as many as possible. */
  private async register(competitionId: string, share?: number): Promise<LoadResult> {
    const result = await this.scenario.load.load({
      url: this.api.url,
      connections: CONNECTIONS,
      forMs: this.scenario.options.forMs,
      what: { kind: 'register', competitionIds: [competitionId], people: this.others.take(MAX_PER_RUN) },
      ...(share !== undefined && { rate: this.rate(share) }),
    });
    this.unexpectedFailures += countUnexpectedFailures(result);
    return result;
  }

  private disturb(
    competitionIds: readonly string[],
    people: readonly Person[],
    { connections, rate } = { connections: 32, rate: this.rate(DISTURBING_SHARE) },
  ): Promise<LoadResult> {
    const what = { kind: 'register', competitionIds, people } as const;
    return this.disturbance.load({ url: this.api.url, connections, rate, forMs: this.scenario.options.forMs, what });
  }

  private async send(competitionId: string, { token }: Person, body: object): Promise<number> {
    const { status } = await fetch(`${this.api.url}/api/competitions/${competitionId}/register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return status;
  }

  private async whileLocked(table: 'competitions' | 'users', id: string, run: () => Promise<void>): Promise<void> {
    const holder = await this.fixtures.pool.connect();
    await holder.query('BEGIN');
    await holder.query(`SELECT FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
    try {
      await run();
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }
}

const repeated = (person: Person): Person[] => Array.from({ length: MAX_DISTURBING }, () => person);
