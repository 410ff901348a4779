import { BareServer } from '../opponents/bare.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, type Stage } from '../stage.js';

/** What people read, against a bare route that answers the same bytes from memory. */
export async function reading(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('reading');
  const competitions = await world.competitions(1_000, { capacity: 100 });
  const api = await stage.api(world);
  const pages = { list: '/api/competitions', one: `/api/competitions/${competitions[0]}` };
  const bytes = async (path: string) => (await fetch(api.url + path)).text();
  const bare = await BareServer.start({ [pages.list]: await bytes(pages.list), [pages.one]: await bytes(pages.one) });
  const measure = async (name: string, url: string, paths: string[]) => {
    const what = { kind: 'get' as const, paths };
    stage.note(
      name,
      (await stage.loadOk(name, { url, connections: CONNECTIONS, forMs: options.forMs, what })).perSecond,
    );
  };

  for (let round = 0; round < options.rounds; round++) {
    console.log(`reading, round ${round + 1} of ${options.rounds}`);
    await measure('GET /competitions', api.url, [pages.list]);
    await measure('bare, the same bytes as the list', bare.url, [pages.list]);
    // Everybody looks at another one: nothing is answered from what the last reader left.
    await measure(
      'GET /competitions/:id',
      api.url,
      competitions.map((id) => `/api/competitions/${id}`),
    );
    await measure('bare, the same bytes as one', bare.url, [pages.one]);
  }
  bare.stop();
  await api.stop();
  await world.close();

  const ratio = (figure: string, below: string): Figure => ({
    figure,
    reached: median(stage.ratios(figure, below)),
    unit: ' ×',
    goal: { atLeast: 0.35 },
    from: `${median(stage.of(figure)).toFixed(0)}/s against ${median(stage.of(below)).toFixed(0)}/s bare`,
  });
  return [
    ratio('GET /competitions', 'bare, the same bytes as the list'),
    ratio('GET /competitions/:id', 'bare, the same bytes as one'),
  ];
}
