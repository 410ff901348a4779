import { CATALOGS } from '@mini-compete/messages/catalog';
import { ERRORS, type ErrorCode, Problem } from '@mini-compete/shared/errors';
import { z } from 'zod';
import type { Handler } from './handlers.js';
import {
  CONTENT_LANGUAGE,
  IDEMPOTENCY_KEY,
  IF_MATCH,
  REPLAYED,
  REQUEST_ID,
  RETRY_AFTER,
  SET_COOKIE,
} from './headers.js';
import type { Content, RouteDoc } from './route-doc.js';
import type { JsonSchema, Schemas } from './schemas.js';

/** The OpenAPI operation of a route, from its handler and its documentation. */
export function operationOf(handler: Handler, doc: RouteDoc, schemas: Schemas): JsonSchema {
  const parameters = [...pathParameters(handler, schemas), ...queryParameters(handler, schemas)];
  if (doc.key) parameters.push(IDEMPOTENCY_KEY);
  if (doc.ifMatch) parameters.push(IF_MATCH);
  return {
    operationId: handler.operationId,
    tags: [doc.tag],
    summary: doc.summary,
    ...(doc.description && { description: doc.description }),
    security: securityOf(handler, doc),
    ...(parameters.length > 0 && { parameters }),
    ...(handler.body && { requestBody: requestBody(handler.body, schemas) }),
    ...(doc.upload && { requestBody: fileBody(doc.upload) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(doc.responses).map(([status, content]) => [status, successResponse(content, doc, schemas)]),
      ),
      ...errorResponses(errorsOf(handler, doc), schemas),
    },
  };
}

function securityOf({ policy }: Handler, doc: RouteDoc): JsonSchema[] {
  if (doc.refreshCookie) return [{ refreshCookie: [] }];
  // Public routes accept credentials too; the empty entry makes them optional.
  return [{ bearer: [] }, { accessCookie: [] }, ...(policy.isPublic ? [{}] : [])];
}

function pathParameters({ params }: Handler, schemas: Schemas): JsonSchema[] {
  return [...params].map(([name, schema]) => ({
    name,
    in: 'path',
    required: true,
    schema: schema ? schemas.of(schema, 'input') : { type: 'string' },
  }));
}

function queryParameters({ query }: Handler, schemas: Schemas): JsonSchema[] {
  if (query === null) return [];
  let object = schemas.of(query, 'input');
  const name = typeof object.$ref === 'string' ? object.$ref.split('/').at(-1) : undefined;
  if (name !== undefined) object = schemas.components[name] ?? {};
  const required = new Set((object.required as string[] | undefined) ?? []);
  return Object.entries((object.properties ?? {}) as Record<string, JsonSchema>).map(([property, schema]) => ({
    name: property,
    in: 'query',
    required: required.has(property),
    schema,
  }));
}

function requestBody(body: z.ZodType, schemas: Schemas): JsonSchema {
  return {
    required: !body.safeParse(undefined).success,
    content: { 'application/json': { schema: schemas.of(body, 'input') } },
  };
}

const fileBody = (types: readonly string[]): JsonSchema => ({
  required: true,
  content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
});

function successResponse(content: Content | readonly Content[], doc: RouteDoc, schemas: Schemas): JsonSchema {
  const contents = (Array.isArray(content) ? content : [content]).filter((item) => item !== null) as Exclude<
    Content,
    null
  >[];
  const media = contents.map((item) =>
    item instanceof z.ZodType
      ? ['application/json', { schema: schemas.of(item, 'output') }]
      : [item.type, { schema: { type: 'string', description: item.description } }],
  );
  return {
    description: doc.summary,
    headers: { ...REQUEST_ID, ...(doc.key && REPLAYED), ...(doc.setsCookies && SET_COOKIE) },
    ...(media.length > 0 && { content: Object.fromEntries(media) }),
  };
}

/** The errors that follow from guards and input, and those in the route's documentation. */
function errorsOf({ method, path, policy, body, query, params }: Handler, doc: RouteDoc): ErrorCode[] {
  const writes = method !== 'get';
  const codes = new Set<ErrorCode>(['MALFORMED_REQUEST', 'HEADERS_TOO_LARGE']);
  const addIf = (condition: boolean, ...added: readonly ErrorCode[]): void => {
    for (const code of condition ? added : []) codes.add(code);
  };
  addIf(body !== null || query !== null || params.size > 0, 'VALIDATION_FAILED');
  addIf(writes, 'CROSS_SITE_REQUEST', 'TOO_MANY_REQUESTS', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED');
  addIf(!policy.isPublic, 'UNAUTHENTICATED');
  // AuthGuard checks the session of a write, and of an admin's read.
  addIf(!policy.isPublic && (writes || policy.roles?.includes('ADMIN') === true), 'SESSION_ENDED', 'ACCOUNT_DISABLED');
  addIf(policy.roles !== null || policy.permission !== null, 'FORBIDDEN');
  addIf(policy.permission !== null, 'COMPETITION_NOT_FOUND');
  addIf(doc.key === true, 'IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS');
  addIf(path !== '/health/live' && path !== '/metrics', 'UNAVAILABLE', 'BUSY');
  addIf(true, ...(doc.errors ?? []));
  return [...codes];
}

function errorResponses(codes: readonly ErrorCode[], schemas: Schemas): JsonSchema {
  schemas.of(Problem, 'output');
  const statuses = [...new Set(codes.map((code) => ERRORS[code]))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const ofStatus = codes.filter((code) => ERRORS[code] === status);
      return [status, schemas.response([status, ...ofStatus].join('.'), errorResponse(status, ofStatus))];
    }),
  );
}

function errorResponse(status: number, codes: readonly ErrorCode[]): JsonSchema {
  const hasRetryAfter = status === 429 || status === 503 || codes.includes('IDEMPOTENCY_IN_PROGRESS');
  const narrowed = { properties: { code: { enum: codes }, status: { const: status } } };
  return {
    description: codes.map((code) => `\`${code}\`: ${CATALOGS.en.problems.title[code]}`).join('\n\n'),
    headers: { ...REQUEST_ID, ...CONTENT_LANGUAGE, ...(hasRetryAfter && RETRY_AFTER) },
    content: {
      'application/problem+json': { schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] } },
    },
  };
}
