import { Problem } from '@mini-compete/shared/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDocument, ROUTES } from '../../src/openapi/document.js';
import { startApi, type TestApi } from '../app.js';
import { described, describedOrBroken, nasty } from '../arbitrary.js';
import { call } from '../client.js';
import { aCompetition, anAdmin, anOrganizer, inHours, type Person, people } from '../factories.js';
import { Logs } from '../logs.js';

// biome-ignore lint/suspicious/noExplicitAny: the document is JSON
type Json = Record<string, any>;

const RUNS_PER_ROUTE = 40;

const logs = new Logs();
let api: TestApi;
let document: Json;
let organizer: Person;
let competitions: string[];
let tokens: (string | undefined)[];

beforeAll(async () => {
  api = await startApi({ logLevel: 'error' }, logs);
  document = createDocument(api.app) as Json;
  organizer = await anOrganizer();
  tokens = [
    undefined,
    organizer.token,
    (await anAdmin()).token,
    ...(await people(4)).map(({ token }) => token),
    'a.b.c',
  ];
}, 60_000);
afterAll(() => api.close());

/** New ones for each route: the one before may have cancelled or deleted them. */
async function newCompetitions(): Promise<string[]> {
  const made = await Promise.all([
    aCompetition({ organizer, capacity: 2 }),
    aCompetition({ organizer, capacity: 1, waitlist: false }),
    aCompetition({ organizer, regOpensAt: inHours(1) }),
    aCompetition({ regDeadline: inHours(-1) }),
  ]);
  return made.map(({ id }) => id);
}

/** Everything a request may vary in. */
function requestFor(method: string, path: string, operation: Json): fc.Arbitrary<Json> {
  const parameters: Json[] = operation.parameters ?? [];
  const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const body = operation.requestBody?.content['application/json'].schema;
  return fc.record({
    method: fc.constant(method.toUpperCase()),
    path: fc.tuple(...inPath.map(() => id())).map((values) => fill(path, inPath, values)),
    query: fc.record(
      Object.fromEntries(
        inQuery.map(({ name, schema }) => [name, fc.oneof(described(schema, document).map(String), nasty)]),
      ),
      { requiredKeys: [] },
    ),
    body: body
      ? describedOrBroken(body, document)
      : fc.constantFrom(undefined, ...(method === 'get' ? [] : [undefined, {}, []])),
    // Signing out would end the one session that the other routes are tried with.
    token: path.endsWith('/logout') ? fc.constant(undefined) : fc.constantFrom(...tokens),
    headers: fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.record(
          { 'idempotency-key': header(), 'if-match': header(), accept: header() },
          { requiredKeys: [] },
        ),
      },
    ),
  });
}
const id = () =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...competitions) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: nasty },
  );
/** What fetch agrees to send at all. */
const header = () =>
  fc.oneof(
    fc.constantFrom('k', '"1"', '1', '*', 'text/csv', 'application/json', ' ', 'a,b', 'x'.repeat(300)),
    fc.string({ maxLength: 20 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
  );
const fill = (path: string, names: string[], values: unknown[]) =>
  names.reduce((at, name, i) => at.replace(`{${name}}`, encodeURIComponent(wellFormed(values[i])) || '%20'), path);

/** Half a character cannot be sent at all. */
const wellFormed = (value: unknown) => Buffer.from(String(value)).toString();

async function send({ method, path, query, body, token, headers }: Json) {
  const url = new URL(path, api.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, wellFormed(value));
  if (path.endsWith('/events')) return headOnly(url, token);
  return call(method, api.url, url.pathname + url.search, { token, body, headers });
}

/** An endless stream: only how it begins. */
async function headOnly(url: URL, token: string | undefined) {
  const end = new AbortController();
  const answer = await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {}, signal: end.signal });
  const isStream = answer.status === 200;
  const text = isStream ? '' : await answer.text();
  end.abort();
  return { status: answer.status, headers: answer.headers, text, body: isStream ? '' : JSON.parse(text) };
}

/** Every answer is one that the document tells of. */
function expectDocumented(route: string, operation: Json, answer: Awaited<ReturnType<typeof send>>) {
  const { status, headers, body } = answer;
  expect(headers.get('x-request-id'), 'every answer has its id').toBeTruthy();
  if (status >= 500) expect([status, Number(headers.get('retry-after')) > 0], logs.text).toEqual([503, true]);
  const told = operation.responses[status] ?? (status === 404 && body.code === 'ROUTE_NOT_FOUND');
  expect(Boolean(told), `${route} answered ${status} ${answer.text.slice(0, 300)}`).toBe(true);
  if (status >= 400) {
    expect(Problem.safeParse(body).error, answer.text).toBeUndefined();
    if (body.code === 'ROUTE_NOT_FOUND' || body.code === 'METHOD_NOT_ALLOWED') return;
    const response = document.components.responses[told.$ref.split('/').at(-1)];
    const codes = response.content['application/problem+json'].schema.allOf[1].properties.code.enum;
    expect(codes, route).toContain(body.code);
  } else {
    const contents = [ROUTES[route]?.answers[status] ?? null].flat();
    const schema = contents.find((content) => content instanceof z.ZodType);
    if (schema && headers.get('content-type')?.startsWith('application/json'))
      expect(schema.safeParse(body).error, `${route} ${answer.text.slice(0, 300)}`).toBeUndefined();
  }
}

describe('whatever is sent, valid or broken on purpose', () => {
  it(`is answered as the document says, and never with a 5xx without reason (${RUNS_PER_ROUTE} requests a route)`, async () => {
    let routes = 0;
    const statuses: Record<number, number> = {};
    for (const [path, operations] of Object.entries(document.paths as Json))
      for (const [method, operation] of Object.entries(operations as Json)) {
        routes++;
        competitions = await newCompetitions();
        const property = fc.asyncProperty(requestFor(method, path, operation), async (request) => {
          const answer = await send(request);
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
          expectDocumented(`${method.toUpperCase()} ${path}`, operation, answer);
        });
        await fc.assert(property, { numRuns: RUNS_PER_ROUTE, interruptAfterTimeLimit: 20_000 });
      }
    expect(routes).toBeGreaterThan(40);
    // The requests were not all refused at the door: otherwise nothing behind it was tried.
    expect(Object.keys(statuses).map(Number)).toEqual(expect.arrayContaining([200, 201, 204, 400, 401, 403, 404, 409]));
  }, 600_000);
});
