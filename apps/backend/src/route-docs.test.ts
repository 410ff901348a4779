import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../test/support/api.js';
import { call, get } from '../test/support/http-client.js';
import { createDocument, undocumented } from './platform/openapi/document.js';
import { handlersOf } from './platform/openapi/handlers.js';
import { ROUTE_DOCS } from './route-docs.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Routes that need no session. A new one has to be added here, so that no route becomes public by mistake. */
const PUBLIC_ROUTES = [
  'GET /api/competitions',
  'GET /api/competitions/leave-link',
  'GET /api/competitions/{id}',
  'GET /api/competitions/{id}/announcements/published',
  'GET /api/competitions/{id}/calendar.ics',
  'GET /api/competitions/{id}/events',
  'GET /api/covers/{name}',
  'GET /api/organizers/{id}',
  'GET /api/sitemap',
  'GET /api/subscriptions',
  'GET /api/subscriptions/unsubscribe',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'POST /api/auth/forgot-password',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/refresh',
  'POST /api/auth/reset-password',
  'POST /api/auth/signup',
  'POST /api/competitions/leave-link',
  'POST /api/subscriptions/subscribe',
  'POST /api/subscriptions/unsubscribe',
];

describe('every route', () => {
  it('answers 401 without a session, unless it is meant to be public', async () => {
    const publicRoutes: string[] = [];
    for (const { method, path } of handlersOf(api.app)) {
      const at = path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
      const response = await call(method.toUpperCase(), api.url, at, {
        ...(method !== 'get' && { body: {} }),
        signal: AbortSignal.timeout(5_000),
      });
      const isPublic = response.body?.code !== 'UNAUTHENTICATED' || path === '/api/auth/refresh';
      if (isPublic) publicRoutes.push(`${method.toUpperCase()} ${path}`);
    }
    expect(publicRoutes.sort()).toEqual(PUBLIC_ROUTES);
  });

  it('is documented', () => {
    expect(undocumented(api.app, ROUTE_DOCS)).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('equals the committed file, which npm run check -- --write updates', () => {
    const committed = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(createDocument(api.app, ROUTE_DOCS));
  });

  it('is served, with a page to try the API', async () => {
    expect((await get(api.url, '/api/openapi.json')).body).toEqual(createDocument(api.app, ROUTE_DOCS));
    const page = await get(api.url, '/api/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('contains everything that it refers to', () => {
    const text = JSON.stringify(createDocument(api.app, ROUTE_DOCS));
    const { components } = JSON.parse(text);
    const references = [...text.matchAll(/"#\/components\/(schemas|responses)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, kind = '', name = ''] of references) expect(Object.keys(components[kind])).toContain(name);
  });
});
