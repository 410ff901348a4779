import { LANGUAGES } from '@mini-compete/shared/languages';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '../version.js';
import { handlersOf } from './handlers.js';
import { operationOf } from './operation.js';
import { type RouteDocs, TAGS } from './route-doc.js';
import { type JsonSchema, Schemas } from './schemas.js';

const DESCRIPTION = `Register for competitions: never oversold, nobody registered twice.

- Sign in to get a bearer token, or use the session cookies. With both, the bearer token counts. Writes with a cookie need a same-origin \`Origin\` or Fetch Metadata header.
- Errors are \`application/problem+json\` with a \`code\`. A 503 always has \`Retry-After\`.
- \`title\` and \`detail\` follow \`Accept-Language\` (${LANGUAGES.join(', ')}). Codes never change.
- Times are ISO 8601 in UTC. Unknown fields in a body are refused.
- Lists are \`{items, nextCursor, total}\`; \`total\` is null beyond 10,000.`;

/** /api/docs to try the API, /api/openapi.json for programs. Created at the first request, to keep the start fast. */
export function serveDocument(app: NestFastifyApplication, docs: RouteDocs): void {
  let document: OpenAPIObject | undefined;
  const create = () => {
    document ??= createDocument(app, docs) as unknown as OpenAPIObject;
    return document;
  };
  SwaggerModule.setup('api/docs', app, create, {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Mini Compete API',
    swaggerOptions: { persistAuthorization: true },
  });
}

/** Generates the OpenAPI document from the routes of the application. */
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
      version: VERSION,
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
      schemas: sorted(schemas.components),
      responses: sorted(schemas.responses),
    },
  };
}

const sorted = (named: Record<string, JsonSchema>) =>
  Object.fromEntries(Object.entries(named).sort(([a], [b]) => a.localeCompare(b)));

/** Routes without documentation, and documentation without a route. */
export function undocumented(app: INestApplicationContext, docs: RouteDocs): string[] {
  const routes = handlersOf(app).map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const documented = Object.keys(docs);
  return [
    ...routes
      .filter((route) => !documented.includes(route))
      .map((route) => `${route} has no entry in a *.docs.ts file`),
    ...documented
      .filter((route) => !routes.includes(route))
      .map((route) => `${route} has an entry in a *.docs.ts file and no handler`),
  ];
}
