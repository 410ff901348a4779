import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../support/api.js';
import { type Actor, createFixtures, type Fixtures } from './actors.js';
import { OpenApiDocument, type Operation } from './openapi-document.js';
import { hostile, malformedBody, mutated, valid } from './values.js';

/** Per route. For more of them: FUZZ_REQUESTS=2000. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 40);
/** The same requests in each run. For others: FUZZ_SEED=$RANDOM. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);

let api: TestApi;
let document: OpenApiDocument;
beforeAll(async () => {
  api = await startApi();
  document = await OpenApiDocument.fetch(api.url);
});
afterAll(() => api.close());

interface Request {
  readonly actor: Actor;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Valid, nearly valid and hostile requests to a route. */
function requestsTo(operation: Operation, { actors, ids }: Fixtures): fc.Arbitrary<Request> {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    fc.uuid(),
    fc.constantFrom('x', '%00', '%2f', ' '),
  );
  const pathParameters = operation.parameters.filter((parameter) => parameter.in === 'path').map(() => id);
  const parametersIn = (where: 'query' | 'header') =>
    fc.record(
      Object.fromEntries(
        operation.parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, schema }) => [
            name,
            fc.oneof({ weight: 3, arbitrary: valid(document, schema) }, { weight: 1, arbitrary: hostile }),
          ]),
      ),
      { requiredKeys: [] },
    );
  const validBody = operation.body === undefined ? fc.constant(undefined) : valid(document, operation.body);
  const body = fc.oneof(
    { weight: 4, arbitrary: validBody.map((value) => ({ text: JSON.stringify(value), type: 'application/json' })) },
    {
      weight: 4,
      arbitrary: mutated(validBody).map((value) => ({ text: JSON.stringify(value), type: 'application/json' })),
    },
    { weight: 1, arbitrary: malformedBody },
  );
  const credentials = fc.constantFrom('bearer', 'bearer', 'bearer', 'cookie', 'cookie from another origin', 'forged');
  return fc
    .record({
      actor: fc.constantFrom(...actors),
      parts: fc.tuple(...pathParameters),
      query: parametersIn('query'),
      ownHeaders: parametersIn('header'),
      body,
      credentials,
    })
    .map(({ actor, parts, query, ownHeaders, body, credentials }) => {
      let n = 0;
      const path = operation.path.replace(/\{\w+\}/g, () => parts[n++] as string);
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]): [string, string] => [name, textOf(value)]),
      );
      const writes = operation.method !== 'GET';
      return {
        actor,
        path: search.size > 0 ? `${path}?${search}` : path,
        headers: {
          ...headersOf(ownHeaders),
          ...credentialsOf(actor, credentials),
          ...(writes && body.text !== undefined && { 'content-type': body.type }),
        },
        body: writes ? body.text : undefined,
      };
    });
}

/** Encoding as UTF-8 and back replaces lone surrogates, which cannot be sent. */
const textOf = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString();

function headersOf(headers: Record<string, unknown>): Record<string, string> {
  const sendable = (value: unknown) => textOf(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendable(value).slice(0, 6_000)]));
}

function credentialsOf({ person }: Actor, kind: string): Record<string, string> {
  if (person === null) return {};
  if (kind === 'forged') return { authorization: `Bearer ${person.token.slice(0, -3)}AAA` };
  if (kind === 'bearer') return { authorization: `Bearer ${person.token}` };
  const origin = kind === 'cookie' ? new URL(api.env.frontendUrl).origin : 'https://elsewhere.example';
  return { cookie: `mc_access=${person.token}`, origin };
}

/** What is wrong with the response to the request, or null. */
async function findProblem(operation: Operation, { actor, path, headers, body }: Request, markers: readonly string[]) {
  const abort = new AbortController();
  const response = await fetch(`${api.url}${path}`, {
    // A page of the web app, which does not run here.
    redirect: 'manual',
    method: operation.method,
    headers,
    ...(body !== undefined && { body }),
    signal: abort.signal,
  });
  const mediaType = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (mediaType === 'text/event-stream') {
    abort.abort(); // the stream never ends
    return document.findDifference(operation, response.status, mediaType, '');
  }
  const text = await response.text();
  const { status } = response;
  if (status >= 500 && !(status === 503 && response.headers.has('retry-after'))) return `${status}: ${text}`;
  if (!response.headers.has('x-request-id')) return 'no X-Request-Id';
  const forged = headers.authorization?.endsWith('AAA') ?? false;
  const leaked = markers.find((marker) => text.includes(marker) && (forged || !actor.mayRead.includes(marker)));
  if (leaked) return `I10: the response to ${actor.name} contains data of ${leaked}: ${text.slice(0, 500)}`;
  return document.findDifference(operation, status, mediaType, text);
}

it(`I9, I10: ${REQUESTS} requests to each route get documented responses without data of other people`, async () => {
  expect(document.operations.length).toBeGreaterThan(30);
  const failures: string[] = [];
  for (const operation of document.operations) {
    const fixtures = await createFixtures();
    const property = fc.asyncProperty(requestsTo(operation, fixtures), async (request) => {
      const problem = await findProblem(operation, request, fixtures.markers);
      if (problem) throw new Error(problem);
    });
    const run = await fc.check(property, { numRuns: REQUESTS, endOnFailure: true, seed });
    if (run.failed)
      failures.push(
        `${operation.name}: ${(run.errorInstance as Error).message}\n  ${JSON.stringify(run.counterexample).slice(0, 1_500)}\n  FUZZ_SEED=${run.seed}`,
      );
  }
  expect(failures.join('\n')).toBe('');
  expect(await checkInvariants(api.pool)).toEqual([]);
}, 300_000);
