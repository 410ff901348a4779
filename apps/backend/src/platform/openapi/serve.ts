import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { createDocument } from './document.js';
import type { RouteDocs } from './route-doc.js';

/** /api/docs to try it out, /api/openapi.json for programs. Made when first asked for: a start need not wait for it. */
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
