import { type Figure, median } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 25_000;
const MEASURED = ['registering', 'GET /competitions/:id'] as const;

/** Compares the two ports of the API process: PORT, for browsers and with the web app behind it, and its own port. */
export async function front(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const failuresBefore = scenario.unexpectedFailures;
  const fixtures = await scenario.fixtures('front');
  const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  // Many competitions, so that request coalescing does not answer from the previous read.
  const competitions = await fixtures.competitions(1_000, { capacity: 100 });
  const paths = competitions.map((id) => `/api/competitions/${id}`);
  const { api, url: frontUrl, stop } = await scenario.front(fixtures);
  await fixtures.renderDescriptions(api.url, competitions);

  const measure = {
    async registering(url: string) {
      const one = [await fixtures.competition({ capacity: LARGE_CAPACITY })];
      return scenario.register(fixtures, api, one, people.take(MAX_PER_RUN), { url });
    },
    async 'GET /competitions/:id'(url: string) {
      const what = { kind: 'get' as const, paths };
      return scenario.loadOk('Reading', { url, connections: CONNECTIONS, forMs: options.forMs, what });
    },
  };
  const addresses = [
    { name: 'own port', url: api.url },
    { name: 'PORT', url: frontUrl },
  ];
  // Warm-up: until the code is compiled, the first measurement would be too low.
  for (const what of MEASURED) for (const { url } of addresses) await measure[what](url);
  for (let round = 0; round < options.rounds; round++) {
    console.log(`front, round ${round + 1} of ${options.rounds}`);
    for (const what of MEASURED)
      for (const { name, url } of addresses) scenario.record(`${what}, ${name}`, (await measure[what](url)).perSecond);
    // The order alternates, so that neither always gets the caches or the checkpoint of the other.
    addresses.reverse();
  }
  await scenario.ensureAllInvariants(fixtures);
  await stop();
  await fixtures.close();

  return [
    ...MEASURED.map((what): Figure => {
      const [through, own] = [`${what}, PORT`, `${what}, own port`] as const;
      return {
        figure: `${what} through PORT`,
        rounds: scenario.ratios(through, own),
        unit: ' ×',
        goal: { atLeast: 0.9 },
        from: `${median(scenario.valuesOf(through)).toFixed(0)}/s against ${median(scenario.valuesOf(own)).toFixed(0)}/s at the API's own port`,
      };
    }),
    {
      figure: 'unexpected failures',
      rounds: [scenario.unexpectedFailures - failuresBefore],
      unit: '',
      goal: { atMost: 0 },
      from: 'at both ports',
    },
  ];
}
