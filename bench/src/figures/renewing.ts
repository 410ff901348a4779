import type { Fixtures } from '../../../tools/src/testing/fixtures.js';
import { browserRequest } from '../../../tools/src/testing/http-requests.js';
import type { Figure } from '../report.js';
import { CONNECTIONS, PeoplePool, type Scenario } from '../scenario.js';

/** More sessions than can be renewed during one run. */
const MAX_PER_RUN = 40_000;

/** By the call of the web app, and by the front server as part of any other request. */
const WAYS = [
  ['renewed by POST /auth/refresh', 'POST', '/api/auth/refresh'],
  ['renewed by the front server before GET /auth/me', 'GET', '/api/auth/me'],
] as const;

/** Session renewals per second: every request has an expired access token and an unused refresh token. */
export async function renewing(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('renewing');
  const people = new PeoplePool(await fixtures.people(MAX_PER_RUN));
  const front = await scenario.front(fixtures);
  let issued = 0;
  let renewed = 0;
  const measure = async (what: string, method: 'GET' | 'POST', path: string) => {
    const tokens = await fixtures.refreshTokens(people.take(MAX_PER_RUN));
    issued += tokens.length;
    const requests = tokens.map((token) =>
      browserRequest(method, path, { cookie: `mc_refresh=${token}`, 'sec-fetch-site': 'same-origin' }),
    );
    const { perSecond, counts } = await scenario.loadOk(what, {
      url: front.url,
      connections: CONNECTIONS,
      forMs: options.forMs,
      what: { kind: 'once', requests },
    });
    renewed += counts[200] ?? 0;
    return perSecond;
  };
  for (const [what, method, path] of WAYS) await measure(what, method, path); // warm-up
  for (let round = 0; round < options.rounds; round++) {
    console.log(`renewing, round ${round + 1} of ${options.rounds}`);
    for (const [what, method, path] of WAYS) scenario.record(what, await measure(what, method, path));
  }
  await ensureOneSuccessorEach(fixtures, issued, renewed);
  await front.stop();
  await fixtures.close();
  return WAYS.map(([what]) => ({
    figure: what,
    rounds: scenario.valuesOf(what),
    unit: '/s',
    goal: { atLeast: 3_000 },
    from: 'through PORT, each token used once',
  }));
}

async function ensureOneSuccessorEach(fixtures: Fixtures, issued: number, renewed: number): Promise<void> {
  const { rows } = await fixtures.pool.query<{ used: number; all: number }>(
    'SELECT count(used_at)::int AS used, count(*)::int AS "all" FROM refresh_tokens',
  );
  const [counted] = rows;
  if (counted?.used !== renewed || counted.all !== issued + renewed)
    throw new Error(`${renewed} of ${issued} tokens were renewed; the database has ${JSON.stringify(counted)}`);
}
