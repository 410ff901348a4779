import type { Fixtures, Person } from '../../../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../../../tools/src/testing/product-process.js';
import { type Figure, median } from '../report.js';
import { PeoplePool, type Scenario } from '../scenario.js';

const TEXTBOOK_CONNECTIONS = [1, 4, 16, 64];
/** More than can be admitted during one run. */
const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;

/** An API process on its own database. */
interface Database {
  readonly fixtures: Fixtures;
  readonly people: PeoplePool;
  readonly api: ProductProcess;
}

export async function registering(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const small = await open(scenario, 'registering', (fixtures) => fixtures.people(2 * MAX_PER_RUN));
  const big = await open(scenario, 'big', (fixtures) => fill(fixtures, options));
  const measure = async (name: string, { fixtures, api, people }: Database, competitionIds: string[]) => {
    const { perSecond } = await scenario.register(fixtures, api, competitionIds, people.take(MAX_PER_RUN));
    scenario.record(name, perSecond);
  };
  const competitions = ({ fixtures }: Database, n: number, capacity = LARGE_CAPACITY) =>
    fixtures.competitions(n, { capacity });

  for (let round = 0; round < options.rounds; round++) {
    console.log(`registering, round ${round + 1} of ${options.rounds}`);
    const measurements: (() => Promise<void>)[] = [
      async () => scenario.record('textbook, its best', await textbook(scenario, small)),
      async () => measure('one competition', small, await competitions(small, 1)),
      async () => measure('big table', big, await competitions(big, 1)),
      async () => measure('1,000 competitions', small, await competitions(small, 1_000)),
      async () => measure('sold out', small, await competitions(small, 1, 1)),
    ];
    // The order rotates, so that none always gets the caches or the checkpoint of the same predecessor.
    for (let i = 0; i < measurements.length; i++) await measurements[(i + round) % measurements.length]?.();
    const rate = median(scenario.valuesOf('one competition')) / 2;
    const { fixtures, api, people } = small;
    const half = await competitions(small, 1);
    const paced = await scenario.register(fixtures, api, half, people.take(MAX_PER_RUN), { rate });
    scenario.record('p99 at half load, ms', paced.p99);
  }
  await scenario.ensureAllInvariants(small.fixtures);
  await Promise.all([small.api.stop(), big.api.stop()]);
  await Promise.all([small.fixtures.close(), big.fixtures.close()]);

  const ratio = (figure: string, numerator: string, denominator: string, atLeast: number): Figure => ({
    figure,
    rounds: scenario.ratios(numerator, denominator),
    unit: ' ×',
    goal: { atLeast },
    from: `${median(scenario.valuesOf(numerator)).toFixed(0)}/s against ${median(scenario.valuesOf(denominator)).toFixed(0)}/s`,
  });
  return [
    ratio('registering, against the textbook', 'one competition', 'textbook, its best', 5),
    ratio('spread over 1,000 competitions', '1,000 competitions', 'one competition', 0.5),
    ratio(`with ${options.registrations.toLocaleString('en')} registrations`, 'big table', 'one competition', 0.8),
    ratio('"full" on a sold-out competition', 'sold out', 'one competition', 1.5),
    {
      figure: 'p99 at half of that load',
      rounds: scenario.valuesOf('p99 at half load, ms'),
      unit: ' ms',
      goal: { atMost: 100 },
      from: `${(median(scenario.valuesOf('one competition')) / 2).toFixed(0)} registrations/s`,
    },
    {
      figure: 'unexpected failures',
      rounds: [scenario.unexpectedFailures],
      unit: '',
      goal: { atMost: 0 },
      from: 'in all runs above',
    },
  ];
}

async function open(
  scenario: Scenario,
  name: string,
  createPeople: (fixtures: Fixtures) => Promise<Person[]>,
): Promise<Database> {
  const fixtures = await scenario.fixtures(name);
  const people = new PeoplePool(await createPeople(fixtures));
  return { fixtures, people, api: await scenario.api(fixtures) };
}

/** The best of several numbers of connections. */
async function textbook(scenario: Scenario, { fixtures, people }: Database): Promise<number> {
  const results: number[] = [];
  for (const connections of TEXTBOOK_CONNECTIONS) {
    const competitionId = await fixtures.competition({ capacity: LARGE_CAPACITY });
    const result = await scenario.load.textbook({
      databaseUrl: fixtures.databaseUrl,
      connections,
      forMs: scenario.options.forMs / 2,
      competitionId,
      people: people.take(MAX_PER_RUN),
    });
    await scenario.ensureConsistent(fixtures, [competitionId], result);
    results.push(result.perSecond);
  }
  return Math.max(...results);
}

/** The data of years: everybody is registered for many competitions, and all confirmations have been sent. */
async function fill(fixtures: Fixtures, { registrations, users }: Scenario['options']) {
  console.log(`Filling the big table with ${registrations.toLocaleString('en')} registrations`);
  const people = await fixtures.people(users);
  const competitions = await fixtures.competitions(1_000, { capacity: LARGE_CAPACITY });
  const client = await fixtures.pool.connect();
  // Like a restore: skips triggers and foreign key checks, which would run for every row.
  await client.query('SET session_replication_role = replica');
  await client.query(
    `INSERT INTO registrations (competition_id, user_id, status)
     SELECT ($1::uuid[])[n % 1000 + 1], ($2::uuid[])[((n % 1000) * 200 + n / 1000) % $4 + 1], 'CONFIRMED'
     FROM generate_series(0, $3::int - 1) AS n`,
    [competitions, people.map(({ id }) => id), registrations, users],
  );
  await client.query('UPDATE competitions SET seats_left = capacity - $1::int', [registrations / 1_000]);
  await client.query('SET session_replication_role = DEFAULT');
  await client.query('VACUUM ANALYZE');
  client.release();
  return people;
}
