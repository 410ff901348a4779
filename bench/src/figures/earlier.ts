import { buildEarlierVersion } from '../../../tools/src/testing/earlier-version.js';
import { startApi } from '../../../tools/src/testing/product-process.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

/** Without staff, questions, applications, invitations and teams: 26 November 2026. */
const BEFORE_ORGANIZING = 'fdf71ca9a546d3e0172ec726ed730b40231d7bd2';
const CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;
const [NOW, EARLIER] = ['this version, nothing of it used', 'before organizing'];

/** What organizing costs competitions that use nothing of it: registering, compared with the version before it. */
export async function earlier(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const backend = buildEarlierVersion(BEFORE_ORGANIZING);
  const open = async (name: string, folder?: string) => {
    const fixtures = await scenario.fixtures(name, { backend: folder });
    const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
    const api = await startApi({ databaseUrl: fixtures.databaseUrl, ...(folder && { backend: folder }) });
    return { fixtures, people, api };
  };
  const [now, before] = [await open('now'), await open('before', backend)];
  const measure = async (name: string, { fixtures, people, api }: typeof now) => {
    const competitionId = await fixtures.competition({ capacity: CAPACITY });
    const what = { kind: 'register', competitionIds: [competitionId], people: people.take(MAX_PER_RUN) } as const;
    const result = await scenario.load.load({ url: api.url, connections: CONNECTIONS, forMs: options.forMs, what });
    const seated = await fixtures.countSeated([competitionId]);
    if (seated !== result.counts[201]) throw new Error(`${result.counts[201]} were accepted, and ${seated} seated`);
    scenario.record(name, result.perSecond);
  };
  const measurements = [() => measure(NOW, now), () => measure(EARLIER, before)];
  for (let round = 0; round < options.rounds; round++) {
    console.log(`earlier version, round ${round + 1} of ${options.rounds}`);
    for (let i = 0; i < measurements.length; i++) await measurements[(i + round) % measurements.length]?.();
  }
  for (const { api, fixtures } of [now, before]) {
    await api.stop();
    await fixtures.close();
  }
  return [
    {
      figure: 'registering where nothing of organizing is used, against the version before it',
      rounds: scenario.ratios(NOW, EARLIER),
      unit: ' ×',
      goal: { atLeast: 0.95 },
      from: `${median(scenario.valuesOf(NOW)).toFixed(0)}/s against ${median(scenario.valuesOf(EARLIER)).toFixed(0)}/s`,
    },
  ];
}
