import { BareServer } from '../baselines/bare.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, type Scenario } from '../scenario.js';

/** Reads of the API compared with a bare route that answers the same bytes from memory. */
export async function reading(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('reading');
  const competitions = await fixtures.competitions(1_000, { capacity: 100 });
  const api = await scenario.api(fixtures);
  await fixtures.renderDescriptions(api.url, competitions);
  const pages = { list: '/api/competitions', one: `/api/competitions/${competitions[0]}` };
  const bytes = async (path: string) => (await fetch(api.url + path)).text();
  const bare = await BareServer.start({ [pages.list]: await bytes(pages.list), [pages.one]: await bytes(pages.one) });
  const measure = async (name: string, url: string, paths: string[]) => {
    const what = { kind: 'get' as const, paths };
    scenario.record(
      name,
      (await scenario.loadOk(name, { url, connections: CONNECTIONS, forMs: options.forMs, what })).perSecond,
    );
  };

  for (let round = 0; round < options.rounds; round++) {
    console.log(`reading, round ${round + 1} of ${options.rounds}`);
    await measure('GET /competitions', api.url, [pages.list]);
    await measure('bare, the same bytes as the list', bare.url, [pages.list]);
    // Many competitions, so that request coalescing does not answer from the previous read.
    await measure(
      'GET /competitions/:id',
      api.url,
      competitions.map((id) => `/api/competitions/${id}`),
    );
    await measure('bare, the same bytes as one', bare.url, [pages.one]);
  }
  bare.stop();
  await api.stop();
  await fixtures.close();

  const ratio = (figure: string, baseline: string): Figure => ({
    figure,
    rounds: scenario.ratios(figure, baseline),
    unit: ' ×',
    goal: { atLeast: 0.35 },
    from: `${median(scenario.valuesOf(figure)).toFixed(0)}/s against ${median(scenario.valuesOf(baseline)).toFixed(0)}/s bare`,
  });
  return [
    ratio('GET /competitions', 'bare, the same bytes as the list'),
    ratio('GET /competitions/:id', 'bare, the same bytes as one'),
  ];
}
