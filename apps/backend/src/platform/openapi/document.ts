import type { INestApplicationContext } from '@nestjs/common';
import { handlersOf } from './handlers.js';
import { operationOf } from './operation.js';
import type { RouteDocs } from './route-doc.js';
import { TAGS } from './route-doc.js';
import { type JsonSchema, Schemas } from './schemas.js';

const DESCRIPTION = `Registering for competitions: never oversold, never registered twice.

- Sign in for a bearer token, or use the session cookies. With both, the bearer counts. What carries a cookie and changes something needs a same-origin \`Origin\` or Fetch-Metadata.
- Errors are \`application/problem+json\` with a \`code\`. A 503 always says when to repeat.
- Instants are ISO 8601 in UTC. Unknown body fields are refused.
- Lists are \`{items, nextCursor, total}\`; \`total\` is null beyond 10,000.`;

/** The OpenAPI document of this very code. */
export function createDocument(app: INestApplicationContext, docs: RouteDocs): JsonSchema {
  const schemas = new Schemas();
  const paths: Record<string, JsonSchema> = {};
  for (const handler of handlersOf(app)) {
    const doc = docs[`${handler.method.toUpperCase()} ${handler.path}`];
    if (doc === undefined) continue;
    paths[handler.path] ??= {};
    (paths[handler.path] as JsonSchema)[handler.method] = operationOf(handler, doc, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mini Compete',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        accessCookie: { type: 'apiKey', in: 'cookie', name: 'mc_access' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'mc_refresh' },
      },
      schemas: inOrder(schemas.components),
      responses: inOrder(schemas.responses),
    },
  };
}

const inOrder = (named: Record<string, JsonSchema>) =>
  Object.fromEntries(Object.entries(named).sort(([a], [b]) => a.localeCompare(b)));

/** Where code and table differ: a route without its page, a page without its route. */
export function undocumented(app: INestApplicationContext, docs: RouteDocs): string[] {
  const inCode = handlersOf(app).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const inTable = Object.keys(docs);
  return [
    ...inCode.filter((route) => !inTable.includes(route)).map((route) => `${route} has no entry in a *.docs.ts file`),
    ...inTable
      .filter((route) => !inCode.includes(route))
      .map((route) => `${route} has an entry in a *.docs.ts file and no handler`),
  ];
}
