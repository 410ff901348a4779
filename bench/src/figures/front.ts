import { type Figure, median } from '../report.js';
import { CONNECTIONS, Crowd, type Stage } from '../stage.js';

const PLENTY = 100_000;
const MOST_IN_A_RUN = 25_000;
const MEASURED = ['registering', 'GET /competitions/:id'] as const;

/** The address that browsers use against the API's own: two sockets of one process, the web app behind the one. */
export async function front(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const refusedBefore = stage.refused;
  const world = await stage.world('front');
  const crowd = new Crowd(await world.people(2 * MOST_IN_A_RUN));
  // Everybody looks at another one: nothing is answered from what the last reader left.
  const paths = (await world.competitions(1_000, { capacity: 100 })).map((id) => `/api/competitions/${id}`);
  const { api, url: frontUrl, stop } = await stage.front(world);

  const measure = {
    async registering(url: string) {
      const one = [await world.competition({ capacity: PLENTY })];
      return stage.registering(world, api, one, crowd.take(MOST_IN_A_RUN), { url });
    },
    async 'GET /competitions/:id'(url: string) {
      const what = { kind: 'get' as const, paths };
      return stage.loadOk('Reading', { url, connections: CONNECTIONS, forMs: options.forMs, what });
    },
  };
  const addresses = [
    { name: 'own port', url: api.url },
    { name: 'PORT', url: frontUrl },
  ];
  // Whoever were first would be measured before the code is compiled.
  for (const what of MEASURED) for (const { url } of addresses) await measure[what](url);
  for (let round = 0; round < options.rounds; round++) {
    console.log(`front, round ${round + 1} of ${options.rounds}`);
    for (const what of MEASURED)
      for (const { name, url } of addresses) stage.note(`${what}, ${name}`, (await measure[what](url)).perSecond);
    // In turn: neither always has the caches, or the checkpoint, that the other one left.
    addresses.reverse();
  }
  await stage.ensureAllSound(world);
  await stop();
  await world.close();

  return [
    ...MEASURED.map((what): Figure => {
      const [through, own] = [`${what}, PORT`, `${what}, own port`] as const;
      return {
        figure: `${what} through PORT`,
        reached: median(stage.ratios(through, own)),
        unit: ' ×',
        goal: { atLeast: 0.9 },
        from: `${median(stage.of(through)).toFixed(0)}/s against ${median(stage.of(own)).toFixed(0)}/s at the API's own port`,
      };
    }),
    {
      figure: 'refused without reason',
      reached: stage.refused - refusedBefore,
      unit: '',
      goal: { atMost: 0 },
      from: 'at both addresses',
    },
  ];
}
