import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { LogBuffer, startApi, type TestApi } from '../support/api.js';
import { FORBIDDEN_IN_LOG, MARKER } from './cast.js';
import { createFixtures, type Fixtures } from './fixtures.js';
import { OpenApiDocument, type Operation } from './openapi-document.js';
import { type FuzzRequest, isForged, Requests } from './requests.js';
import { Snapshot } from './snapshot.js';

/** Per route, besides the plausible ones. For more of them: FUZZ_REQUESTS=2000. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 15);
/** The same requests in each run. For others: FUZZ_SEED=$RANDOM. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);

/** Routes that nobody can use in the fixtures, and what is missing for it. Others must succeed once. */
const NEVER_SUCCESSFUL: Readonly<Record<string, string>> = {
  'POST /api/auth/login': 'a password',
  'POST /api/auth/email': 'a password',
  'DELETE /api/auth/me': 'a password',
  'POST /api/auth/signup': 'a password that is long enough, and a role',
  'POST /api/auth/refresh': 'a cookie',
  'POST /api/auth/reset-password': 'a token from a mail',
  'POST /api/auth/verification/confirm': 'a code from a mail',
  'POST /api/auth/verification/confirm-link': 'a token from a mail',
  'GET /api/auth/me/export/file': 'a worker that writes the file',
  'POST /api/admin/jobs/unknown/{id}': 'a mail whose delivery is unknown',
  'PUT /api/competitions/{id}/cover': 'a picture',
  'PATCH /api/competitions/{id}/cover': 'a cover',
  'GET /api/covers/{name}': 'a cover',
};

let api: TestApi;
let document: OpenApiDocument;
let requests: Requests;
const log = new LogBuffer();
beforeAll(async () => {
  api = await startApi({ logLevel: 'debug' }, log);
  document = await OpenApiDocument.fetch(api.url);
  requests = new Requests(document, new URL(api.env.frontendUrl).origin);
});
afterAll(() => api.close());

/** The status of the response, and what is wrong with it. */
async function send(
  operation: Operation,
  request: FuzzRequest,
): Promise<{ readonly status: number; readonly problem: string | null }> {
  const abort = new AbortController();
  const { path, headers, body } = request;
  const response = await fetch(`${api.url}${path}`, {
    // A page of the web app, which does not run here.
    redirect: 'manual',
    method: operation.method,
    headers,
    ...(body !== undefined && { body }),
    signal: abort.signal,
  });
  const { status } = response;
  const mediaType = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (mediaType !== 'text/event-stream')
    return { status, problem: findProblem(operation, request, response, mediaType, await response.text()) };
  abort.abort(); // the stream never ends
  return { status, problem: document.findDifference(operation, status, mediaType, '') };
}

function findProblem(
  operation: Operation,
  request: FuzzRequest,
  { status, headers }: Response,
  mediaType: string,
  text: string,
): string | null {
  if (status >= 500 && !(status === 503 && headers.has('retry-after'))) return `${status}: ${text}`;
  if (!headers.has('x-request-id')) return 'no X-Request-Id';
  const { name, mayRead } = request.actor;
  const leaked = text.match(MARKER)?.find((marker) => isForged(request) || !mayRead.has(marker));
  if (leaked) return `I10: the response to ${name} contains ${leaked}: ${text.slice(0, 1_500)}`;
  return document.findDifference(operation, status, mediaType, text);
}

function findLogged(): string | null {
  const [logged] = FORBIDDEN_IN_LOG.exec(log.text) ?? [];
  return logged === undefined ? null : `AU-23: the log contains ${logged}: ${log.text.slice(0, 1_500)}`;
}

/** The first problem of the route, or null, and whether a request has succeeded. */
async function fuzz(
  operation: Operation,
  fixtures: Fixtures,
): Promise<{ problem: string | null; hasSucceeded: boolean }> {
  const [plausible = []] = fc.sample(requests.plausible(operation, fixtures), { numRuns: 1, seed });
  const others = fc.sample(requests.any(operation, fixtures), { numRuns: REQUESTS, seed });
  let hasSucceeded = false;
  for (const request of [...plausible, ...others]) {
    log.text = '';
    const response = await send(operation, request);
    hasSucceeded ||= response.status < 400;
    const problem = response.problem ?? findLogged();
    if (problem) {
      const { actor, ...rest } = request;
      const sent = JSON.stringify({ actor: actor.name, ...rest }).slice(0, 1_500);
      return { problem: `${operation.name}: ${problem}\n  ${sent}\n  FUZZ_SEED=${seed}`, hasSucceeded };
    }
  }
  return { problem: null, hasSucceeded };
}

it(`I9, I10, AU-23: plausible and ${REQUESTS} other requests to each route get documented responses; no data of other people is in them, or in the log`, async () => {
  expect(document.operations.length).toBeGreaterThan(30);
  const fixtures = await createFixtures(api);
  const snapshot = await Snapshot.take(api.pool);
  const problems = [findLogged()].filter((problem) => problem !== null);
  const unsuccessful: string[] = [];
  for (const operation of document.operations) {
    const { problem, hasSucceeded } = await fuzz(operation, fixtures);
    if (problem !== null) problems.push(problem);
    if (!hasSucceeded) unsuccessful.push(operation.name);
    if (operation.method === 'GET') continue;
    const violations = await checkInvariants(api.pool);
    if (violations.length > 0) problems.push(`${operation.name}: ${JSON.stringify(violations)}`);
    await snapshot.restore();
  }
  expect(problems.join('\n')).toBe('');
  expect(unsuccessful.filter((name) => !(name in NEVER_SUCCESSFUL))).toEqual([]);
}, 300_000);
