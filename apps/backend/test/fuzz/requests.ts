import fc from 'fast-check';
import type { Actor, Fixtures } from './fixtures.js';
import type { OpenApiDocument, Operation } from './openapi-document.js';
import { hostile, type Known, knownOr, malformedBody, mutated, valid, validRecord } from './values.js';

export interface FuzzRequest {
  readonly actor: Actor;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What a request consists of, besides who sends it. */
interface Parts {
  readonly segments: readonly unknown[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: { readonly text: string | undefined; readonly type: string };
}

/** Generates requests to one API. */
export class Requests {
  constructor(
    private readonly document: OpenApiDocument,
    private readonly webOrigin: string,
  ) {}

  /** As the web app sends them: one by each insider about each place that the route fits. */
  plausible(operation: Operation, { places, anywhere, everything, insiders }: Fixtures): fc.Arbitrary<FuzzRequest[]> {
    const keys = pathKeys(operation);
    const fitting = keys.length === 0 ? [] : places.filter((place) => keys.every((key) => key in place));
    const requests = (fitting.length === 0 ? [everything] : fitting).flatMap((place) =>
      insiders.map((actor) =>
        this.plausibleParts(operation, { ...anywhere, ...place }).map((parts) =>
          requestOf(operation, actor, bearerOf(actor), parts),
        ),
      ),
    );
    return fc.tuple(...requests);
  }

  private plausibleParts(operation: Operation, known: Known): fc.Arbitrary<Parts> {
    const { parameters, body } = operation;
    const parametersIn = (where: 'path' | 'query' | 'header') =>
      parameters.filter((parameter) => parameter.in === where);
    return fc.record({
      segments: fc.tuple(
        ...pathKeys(operation).map((key, n) =>
          knownOr(known[key], valid(this.document, parametersIn('path')[n]?.schema ?? {})),
        ),
      ),
      query: validRecord(this.document, parametersIn('query'), known),
      headers: validRecord(this.document, parametersIn('header'), known),
      body: body === undefined ? fc.constant(fileFor(operation)) : valid(this.document, body, known).map(asJson),
    });
  }

  /** Valid, nearly valid and hostile ones, by anybody, with ids of different places. */
  any(operation: Operation, { insiders, strangers, anywhere, everything }: Fixtures): fc.Arbitrary<FuzzRequest> {
    const credentials = fc.constantFrom('bearer', 'bearer', 'bearer', 'cookie', 'cookie from another origin', 'forged');
    return fc
      .tuple(
        fc.constantFrom(...insiders, ...strangers),
        credentials,
        this.anyParts(operation, { ...anywhere, ...everything }),
      )
      .map(([actor, kind, parts]) => requestOf(operation, actor, this.credentialsOf(actor, kind), parts));
  }

  private anyParts(operation: Operation, known: Known): fc.Arbitrary<Parts> {
    const ids = Object.entries(known).flatMap(([name, values]) => (name.includes('/') ? values : []));
    const segment = (key: string) =>
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...(known[key] ?? ids)) },
        { weight: 2, arbitrary: fc.constantFrom(...ids) },
        fc.uuid(),
        fc.constantFrom('x', '%00', '%2f', ' '),
      );
    const parametersIn = (where: 'query' | 'header') =>
      fc.record(
        Object.fromEntries(
          operation.parameters
            .filter((parameter) => parameter.in === where)
            .map(({ name, schema }) => [
              name,
              fc.oneof(
                { weight: 3, arbitrary: knownOr(known[name], valid(this.document, schema)) },
                { weight: 1, arbitrary: hostile },
              ),
            ]),
        ),
        { requiredKeys: [] },
      );
    return fc.record({
      segments: fc.tuple(...pathKeys(operation).map(segment)),
      query: parametersIn('query'),
      headers: parametersIn('header'),
      body: this.anyBody(operation, known),
    });
  }

  private anyBody(operation: Operation, known: Known): fc.Arbitrary<Parts['body']> {
    const { body } = operation;
    if (body === undefined)
      return fc.oneof({ weight: 4, arbitrary: fc.constant(fileFor(operation)) }, hostile.map(asJson), malformedBody);
    const withKnown = valid(this.document, body, known);
    return fc.oneof(
      { weight: 2, arbitrary: withKnown.map(asJson) },
      { weight: 2, arbitrary: valid(this.document, body).map(asJson) },
      { weight: 4, arbitrary: mutated(withKnown).map(asJson) },
      { weight: 1, arbitrary: malformedBody },
    );
  }

  private credentialsOf(actor: Actor, kind: string): Record<string, string> {
    if (actor.person === null) return {};
    const { token } = actor.person;
    if (kind === 'forged') return { authorization: `Bearer ${token.slice(0, -3)}AAA` };
    if (kind === 'bearer') return bearerOf(actor);
    return { cookie: `mc_access=${token}`, origin: kind === 'cookie' ? this.webOrigin : 'https://elsewhere.example' };
  }
}

export const isForged = ({ headers }: FuzzRequest): boolean => headers.authorization?.endsWith('AAA') ?? false;

const bearerOf = ({ person }: Actor): Record<string, string> =>
  person === null ? {} : { authorization: `Bearer ${person.token}` };

/** A segment before a parameter says what the parameter is: `teams/{id}`. */
const pathKeys = ({ path }: Operation): string[] =>
  [...path.matchAll(/[^/]+(?=\/(\{\w+\}))/g)].map(([before, name]) => `${before}/${name}`);

const asJson = (value: unknown) => ({ text: JSON.stringify(value), type: 'application/json' });

const fileFor = ({ uploads }: Operation): Parts['body'] =>
  uploads.includes('text/csv')
    ? { text: 'email,name\nina@example.org,Ina\n', type: 'text/csv' }
    : { text: undefined, type: 'application/json' };

function requestOf(
  { method, path }: Operation,
  actor: Actor,
  credentials: Record<string, string>,
  { segments, query, headers, body }: Parts,
): FuzzRequest {
  let n = 0;
  const filled = path.replace(/\{\w+\}/g, () => segments[n++] as string);
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, textOf(value)]),
  );
  const sendsBody = method !== 'GET' && body.text !== undefined;
  return {
    actor,
    path: search.size > 0 ? `${filled}?${search}` : filled,
    headers: { ...headersOf(headers), ...credentials, ...(sendsBody && { 'content-type': body.type }) },
    body: sendsBody ? body.text : undefined,
  };
}

/** Encoding as UTF-8 and back replaces lone surrogates, which cannot be sent. */
const textOf = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString();

function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const sendable = (value: unknown) => textOf(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, sendable(value).slice(0, 6_000)]));
}
