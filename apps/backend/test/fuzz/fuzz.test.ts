import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../app.js';
import { type Actor, aCast, type Cast } from './cast.js';
import { Document, type Operation } from './document.js';
import { broken, fitting, junk, unreadable } from './values.js';

/** Requests to each route; more of them at night: FUZZ_REQUESTS=2000. */
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 40);
/** The same requests each time; others at night: FUZZ_SEED=$RANDOM. */
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);

let api: TestApi;
let document: Document;
beforeAll(async () => {
  api = await startApi();
  document = await Document.of(api.url);
});
afterAll(() => api.close());

interface Request {
  readonly actor: Actor;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Anything that could be sent to this route: good, nearly good, and nonsense. */
function requestsTo(operation: Operation, { actors, ids }: Cast): fc.Arbitrary<Request> {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    fc.uuid(),
    fc.constantFrom('x', '%00', '%2f', ' '),
  );
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(() => id);
  const named = (where: 'query' | 'header') =>
    fc.record(
      Object.fromEntries(
        operation.parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, schema }) => [
            name,
            fc.oneof({ weight: 3, arbitrary: fitting(document, schema) }, { weight: 1, arbitrary: junk }),
          ]),
      ),
      { requiredKeys: [] },
    );
  const good = operation.body === undefined ? fc.constant(undefined) : fitting(document, operation.body);
  const body = fc.oneof(
    { weight: 4, arbitrary: good.map((value) => ({ text: JSON.stringify(value), type: 'application/json' })) },
    { weight: 4, arbitrary: broken(good).map((value) => ({ text: JSON.stringify(value), type: 'application/json' })) },
    { weight: 1, arbitrary: unreadable },
  );
  const credentials = fc.constantFrom('bearer', 'bearer', 'bearer', 'cookie', 'cookie from elsewhere', 'forged');
  return fc
    .record({
      actor: fc.constantFrom(...actors),
      parts: fc.tuple(...inPath),
      query: named('query'),
      own: named('header'),
      body,
      credentials,
    })
    .map(({ actor, parts, query, own, body, credentials }) => {
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
          ...headersOf(own),
          ...credentialsOf(actor, credentials),
          ...(writes && body.text !== undefined && { 'content-type': body.type }),
        },
        body: writes ? body.text : undefined,
      };
    });
}

/** As it can be sent: without halves of characters. */
const textOf = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString();

function headersOf(own: Record<string, unknown>): Record<string, string> {
  const sendable = (value: unknown) => textOf(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, sendable(value).slice(0, 6_000)]));
}

function credentialsOf({ person }: Actor, how: string): Record<string, string> {
  if (person === null) return {};
  if (how === 'forged') return { authorization: `Bearer ${person.token.slice(0, -3)}AAA` };
  if (how === 'bearer') return { authorization: `Bearer ${person.token}` };
  const origin = how === 'cookie' ? new URL(api.env.frontendUrl).origin : 'https://elsewhere.example';
  return { cookie: `mc_access=${person.token}`, origin };
}

/** What is wrong with the answer to this request, or null. */
async function troubleWith(operation: Operation, { actor, path, headers, body }: Request, marks: readonly string[]) {
  const ending = new AbortController();
  const response = await fetch(`${api.url}${path}`, {
    method: operation.method,
    headers,
    ...(body !== undefined && { body }),
    signal: ending.signal,
  });
  const mediaType = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (mediaType === 'text/event-stream') {
    ending.abort(); // without end
    return document.trouble(operation, response.status, mediaType, '');
  }
  const text = await response.text();
  const { status } = response;
  if (status >= 500 && !(status === 503 && response.headers.has('retry-after'))) return `${status}: ${text}`;
  if (!response.headers.has('x-request-id')) return 'no X-Request-Id';
  const forged = headers.authorization?.endsWith('AAA') ?? false;
  const foreign = marks.find((mark) => text.includes(mark) && (forged || !actor.maySee.includes(mark)));
  if (foreign) return `I10: ${actor.name} sees what is not theirs: ${foreign} in ${text.slice(0, 500)}`;
  return document.trouble(operation, status, mediaType, text);
}

it(`answers ${REQUESTS} requests of every kind to each route as documented, and never with another's data (I9, I10)`, async () => {
  expect(document.operations.length).toBeGreaterThan(30);
  const troubles: string[] = [];
  for (const operation of document.operations) {
    const cast = await aCast();
    const property = fc.asyncProperty(requestsTo(operation, cast), async (request) => {
      const trouble = await troubleWith(operation, request, cast.marks);
      if (trouble) throw new Error(trouble);
    });
    const run = await fc.check(property, { numRuns: REQUESTS, endOnFailure: true, seed });
    if (run.failed)
      troubles.push(
        `${operation.name}: ${(run.errorInstance as Error).message}\n  ${JSON.stringify(run.counterexample).slice(0, 1_500)}\n  FUZZ_SEED=${run.seed}`,
      );
  }
  expect(troubles.join('\n')).toBe('');
  expect(await checkInvariants(api.pool)).toEqual([]);
}, 300_000);
