import { registerRequest } from '../../../tools/src/testing/http-requests.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

const CAPACITY = 100_000;
const MAX_PER_RUN = 24_000;
const SIZE = 4;

/** Registering teams of four as one block each, compared with as many people one by one. */
export async function teams(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('teams');
  const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  const api = await scenario.api(fixtures);
  const measure = async (name: string, size: number) => {
    const id = await fixtures.competition({ capacity: CAPACITY });
    const persons = people.take(MAX_PER_RUN);
    const registered = size === 1 ? persons.map((captain) => ({ captain })) : await fixtures.teams(id, persons, size);
    const run = crypto.randomUUID();
    const requests = registered.map(({ captain, ...team }, n) =>
      registerRequest(id, captain, `${run}-${n}`, 'id' in team ? JSON.stringify({ teamId: team.id }) : '{}'),
    );
    const result = await scenario.load.load({
      url: api.url,
      connections: CONNECTIONS,
      forMs: options.forMs,
      what: { kind: 'once', requests },
    });
    await scenario.ensureConsistent(fixtures, [id], result);
    scenario.record(name, result.perSecond * size);
  };
  const measurements = [() => measure('people one by one', 1), () => measure('people in teams of four', SIZE)];
  for (let round = 0; round < options.rounds; round++) {
    console.log(`teams, round ${round + 1} of ${options.rounds}`);
    // The order alternates, so that neither always gets the caches or the checkpoint of the other one.
    for (let i = 0; i < measurements.length; i++) await measurements[(i + round) % measurements.length]?.();
  }
  await scenario.ensureAllInvariants(fixtures);
  await api.stop();
  await fixtures.close();
  const [inTeams, alone] = [scenario.valuesOf('people in teams of four'), scenario.valuesOf('people one by one')];
  return [
    {
      figure: 'people registered in teams of four, against one by one',
      rounds: scenario.ratios('people in teams of four', 'people one by one'),
      unit: ' ×',
      goal: { atLeast: 0.8 },
      from: `${median(inTeams).toFixed(0)} people/s against ${median(alone).toFixed(0)}/s`,
    },
  ];
}
