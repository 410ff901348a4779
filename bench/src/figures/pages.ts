import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Person } from '../../../tools/src/testing/fixtures.js';
import { browserRequest } from '../../../tools/src/testing/http-requests.js';
import type { Front } from '../environment/front.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, type Scenario } from '../scenario.js';

const COMPETITIONS = 10;
const PEOPLE = 500;
/** The latency is measured at half of this rate. */
const VISITORS_GOAL = 2_000;
/** Fewer than the front server's connections to the web app, so that its queue is not part of the measurement. */
const SIGNED_IN_CONNECTIONS = 32;
/** A web process reaches full speed after some hundred pages. */
const WARM_UP_MS = 10_000;

const FOR_VISITORS = 'pages for visitors, per second';
const VISITORS_P99 = 'pages for visitors, p99 ms';
const SIGNED_IN = 'pages, signed in, per second';
const DIRECT = 'the same directly from Next, per second';
/** The default of `npm start`. */
const WEB_PROCESSES = Math.min(4, availableParallelism());
const SEVERAL_PROCESSES = `pages, signed in, ${WEB_PROCESSES} web processes, per second`;

/** The page of a competition, requested as by browsers. */
export async function pages(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('pages');
  const paths = (await fixtures.competitions(COMPETITIONS, { capacity: 100 })).map((id) => `/competitions/${id}`);
  const people = await fixtures.people(PEOPLE);
  const front = await scenario.front(fixtures);
  const several = await scenario.front(fixtures, WEB_PROCESSES);
  const visitors = {
    url: front.url,
    connections: CONNECTIONS,
    forMs: options.forMs,
    what: {
      kind: 'raw' as const,
      requests: paths.map((path) => browserRequest('GET', path, { ...DOCUMENT, 'accept-encoding': 'br' })),
    },
  };
  const signedIn = (url: string, headers: (person: Person, path: string) => Record<string, string>) => ({
    url,
    connections: SIGNED_IN_CONNECTIONS,
    forMs: 2 * options.forMs,
    what: {
      kind: 'raw' as const,
      requests: people.map((person, n) => {
        const path = paths[n % paths.length] as string;
        return browserRequest('GET', path, headers(person, path));
      }),
    },
  });
  const signedInPlans = [
    { name: SIGNED_IN, plan: signedIn(front.url, fromBrowser) },
    { name: DIRECT, plan: signedIn(front.web.url, fromFrontServer) },
    { name: SEVERAL_PROCESSES, plan: signedIn(several.url, fromBrowser) },
  ];
  await ensureComplete(front, paths, people[0] as Person);

  console.log('pages, warming up');
  for (const plan of [visitors, ...signedInPlans.map(({ plan }) => plan)])
    await scenario.loadOk('warming up', { ...plan, forMs: WARM_UP_MS });
  for (let round = 0; round < options.rounds; round++) {
    console.log(`pages, round ${round + 1} of ${options.rounds}`);
    scenario.record(FOR_VISITORS, (await scenario.loadOk(FOR_VISITORS, visitors)).perSecond);
    const paced = { ...visitors, forMs: 2 * options.forMs, rate: VISITORS_GOAL / 2 };
    scenario.record(VISITORS_P99, (await scenario.loadOk(VISITORS_P99, paced)).p99);
    for (const { name, plan } of signedInPlans) scenario.record(name, (await scenario.loadOk(name, plan)).perSecond);
    // The order rotates, so that none always gets the caches that the same other one left.
    signedInPlans.push(...signedInPlans.splice(0, 1));
  }
  await Promise.all([front.stop(), several.stop()]);
  await fixtures.close();

  const [through, direct, bySeveral] = [SIGNED_IN, DIRECT, SEVERAL_PROCESSES].map((name) =>
    median(scenario.valuesOf(name)),
  );
  return [
    {
      figure: 'competition page, visitors without session',
      rounds: scenario.valuesOf(FOR_VISITORS),
      unit: '/s',
      goal: { atLeast: VISITORS_GOAL },
      from: `${COMPETITIONS} competitions, brotli`,
    },
    {
      figure: 'p99 at half of that goal',
      rounds: scenario.valuesOf(VISITORS_P99),
      unit: ' ms',
      goal: { atMost: 200 },
      from: `${VISITORS_GOAL / 2} pages/s`,
    },
    {
      // Against Next alone: to compare with an older version, its web app would have to be built beside this one.
      figure: 'competition page, signed in',
      rounds: scenario.ratios(SIGNED_IN, DIRECT),
      unit: ' ×',
      goal: { atLeast: 0.9 },
      from:
        `${through?.toFixed(0)} pages/s against ${direct?.toFixed(0)} directly from the one Next process; ` +
        `${bySeveral?.toFixed(0)} with ${WEB_PROCESSES}`,
    },
  ];
}

const DOCUMENT = { accept: 'text/html', 'accept-language': 'en' };

const fromBrowser = ({ token }: Person): Record<string, string> => ({
  ...DOCUMENT,
  'accept-encoding': 'gzip',
  cookie: `mc_access=${token}`,
});

/** The headers that the front server sends to the web app for the same request. */
function fromFrontServer(person: Person, path: string): Record<string, string> {
  const nonce = randomBytes(16).toString('base64');
  return {
    ...fromBrowser(person),
    'x-forwarded-host': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-page': path,
    'x-request-id': crypto.randomUUID(),
    'content-security-policy': `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
  };
}

/** The status is no proof: a page is streamed, and can fail after the status 200 has been sent. */
async function ensureComplete(front: Front, paths: readonly string[], person: Person): Promise<void> {
  for (const path of paths)
    for (const [url, headers] of [
      [front.url, DOCUMENT],
      [front.url, fromBrowser(person)],
      [front.web.url, fromFrontServer(person, path)],
    ] as const) {
      const response = await fetch(url + path, { headers });
      const html = await response.text();
      if (response.status !== 200 || !/<h1[^>]*>Competition \d+<\/h1>/.test(html) || !html.endsWith('</html>'))
        throw new Error(`${url}${path}: ${response.status}\n${html.slice(0, 2_000)}`);
    }
}
