import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Front } from '../house/front.js';
import type { Person } from '../house/world.js';
import { browserRequest } from '../load/requests.js';
import { type Figure, median } from '../report.js';
import { CONNECTIONS, type Stage } from '../stage.js';

const COMPETITIONS = 10;
const PEOPLE = 500;
/** Of which half is asked for where the time of an answer is measured. */
const VISITORS_GOAL = 2_000;
/** Below the connections that the front server keeps to the web app: what it holds back is not what is measured. */
const SIGNED_IN_CONNECTIONS = 32;
/** It takes some hundred pages until a web process is at speed. */
const WARM_UP_MS = 10_000;

const FOR_VISITORS = 'pages for visitors, per second';
const VISITORS_P99 = 'pages for visitors, p99 ms';
const SIGNED_IN = 'pages, signed in, per second';
const STRAIGHT = 'the same straight from Next, per second';
/** As many as `npm start` starts. */
const WEB_PROCESSES = Math.min(4, availableParallelism());
const BY_SEVERAL = `pages, signed in, ${WEB_PROCESSES} web processes, per second`;

/** The page of a competition, as browsers ask for it. */
export async function pages(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('pages');
  const paths = (await world.competitions(COMPETITIONS, { capacity: 100 })).map((id) => `/competitions/${id}`);
  const people = await world.people(PEOPLE);
  const front = await stage.front(world);
  const several = await stage.front(world, WEB_PROCESSES);
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
  const readers = [
    { name: SIGNED_IN, plan: signedIn(front.url, fromBrowser) },
    { name: STRAIGHT, plan: signedIn(front.web.url, fromFrontServer) },
    { name: BY_SEVERAL, plan: signedIn(several.url, fromBrowser) },
  ];
  await ensureWhole(front, paths, people[0] as Person);

  console.log('pages, warming up');
  for (const plan of [visitors, ...readers.map(({ plan }) => plan)])
    await stage.loadOk('warming up', { ...plan, forMs: WARM_UP_MS });
  for (let round = 0; round < options.rounds; round++) {
    console.log(`pages, round ${round + 1} of ${options.rounds}`);
    stage.note(FOR_VISITORS, (await stage.loadOk(FOR_VISITORS, visitors)).perSecond);
    const paced = { ...visitors, forMs: 2 * options.forMs, rate: VISITORS_GOAL / 2 };
    stage.note(VISITORS_P99, (await stage.loadOk(VISITORS_P99, paced)).p99);
    for (const { name, plan } of readers) stage.note(name, (await stage.loadOk(name, plan)).perSecond);
    // In turn: none always has what the same one left.
    readers.push(...readers.splice(0, 1));
  }
  await Promise.all([front.stop(), several.stop()]);
  await world.close();

  const [through, straight, bySeveral] = [SIGNED_IN, STRAIGHT, BY_SEVERAL].map((name) => median(stage.of(name)));
  return [
    {
      figure: 'competition page, visitors without session',
      reached: median(stage.of(FOR_VISITORS)),
      unit: '/s',
      goal: { atLeast: VISITORS_GOAL },
      from: `${COMPETITIONS} competitions, brotli`,
    },
    {
      figure: 'p99 at half of that goal',
      reached: median(stage.of(VISITORS_P99)),
      unit: ' ms',
      goal: { atMost: 200 },
      from: `${VISITORS_GOAL / 2} pages/s`,
    },
    {
      // The spec compares with the commit that the work began at, which nobody can run here; this anyone can repeat.
      figure: 'competition page, signed in',
      reached: median(stage.ratios(SIGNED_IN, STRAIGHT)),
      unit: ' ×',
      goal: { atLeast: 0.9 },
      from:
        `${through?.toFixed(0)} pages/s against ${straight?.toFixed(0)} straight from the one Next process; ` +
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

/** What the front server makes of it for the web app. */
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

/** A page can be broken and have the status 200: it is sent while it is made. */
async function ensureWhole(front: Front, paths: readonly string[], reader: Person): Promise<void> {
  for (const path of paths)
    for (const [url, headers] of [
      [front.url, DOCUMENT],
      [front.url, fromBrowser(reader)],
      [front.web.url, fromFrontServer(reader, path)],
    ] as const) {
      const answer = await fetch(url + path, { headers });
      const html = await answer.text();
      if (answer.status !== 200 || !/<h1[^>]*>Competition \d+<\/h1>/.test(html) || !html.endsWith('</html>'))
        throw new Error(`${url}${path}: ${answer.status}\n${html.slice(0, 2_000)}`);
    }
}
