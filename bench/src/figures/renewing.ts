import type { World } from '../house/world.js';
import { browserRequest } from '../load/requests.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, Crowd, type Stage } from '../stage.js';

/** More than can be renewed during one run. */
const MOST_IN_A_RUN = 40_000;

/** By the web app's own call, and by the front server on the way to anything else. */
const WAYS = [
  ['renewed by POST /auth/refresh', 'POST', '/api/auth/refresh'],
  ['renewed on the way to GET /auth/me', 'GET', '/api/auth/me'],
] as const;

/** Browsers whose access token has expired come back, each with a refresh token that is used once. */
export async function renewing(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('renewing');
  const crowd = new Crowd(await world.people(MOST_IN_A_RUN));
  const front = await stage.front(world);
  let issued = 0;
  let renewed = 0;
  const measure = async (what: string, method: 'GET' | 'POST', path: string) => {
    const tokens = await world.refreshTokens(crowd.take(MOST_IN_A_RUN));
    issued += tokens.length;
    const requests = tokens.map((token) =>
      browserRequest(method, path, { cookie: `mc_refresh=${token}`, 'sec-fetch-site': 'same-origin' }),
    );
    const { perSecond, answers } = await stage.loadOk(what, {
      url: front.url,
      connections: CONNECTIONS,
      forMs: options.forMs,
      what: { kind: 'once', requests },
    });
    renewed += answers[200] ?? 0;
    return perSecond;
  };
  for (const [what, method, path] of WAYS) await measure(what, method, path); // not yet at speed
  for (let round = 0; round < options.rounds; round++) {
    console.log(`renewing, round ${round + 1} of ${options.rounds}`);
    for (const [what, method, path] of WAYS) stage.note(what, await measure(what, method, path));
  }
  await ensureEachHasOneSuccessor(world, issued, renewed);
  await front.stop();
  await world.close();
  return WAYS.map(([what]) => ({
    figure: what,
    reached: median(stage.of(what)),
    unit: '/s',
    goal: { atLeast: 3_000 },
    from: 'through PORT, each token used once',
  }));
}

async function ensureEachHasOneSuccessor(world: World, issued: number, renewed: number): Promise<void> {
  const { rows } = await world.pool.query<{ used: number; all: number }>(
    'SELECT count(used_at)::int AS used, count(*)::int AS "all" FROM refresh_tokens',
  );
  const [counted] = rows;
  if (counted?.used !== renewed || counted.all !== issued + renewed)
    throw new Error(`${renewed} of ${issued} tokens were renewed; in the database: ${JSON.stringify(counted)}`);
}
