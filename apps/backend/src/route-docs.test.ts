import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../test/app.js';
import { call, get } from '../test/client.js';
import { createDocument, undocumented } from './platform/openapi/document.js';
import { handlersOf } from './platform/openapi/handlers.js';
import { ROUTE_DOCS } from './route-docs.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Open to strangers. A new one has to be added here by hand: nothing becomes public by an oversight. */
const OPEN = [
  'GET /api/competitions',
  'GET /api/competitions/leave-link',
  'GET /api/competitions/{id}',
  'GET /api/competitions/{id}/calendar.ics',
  'GET /api/competitions/{id}/events',
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
];

describe('every route', () => {
  it('answers a stranger with 401, but for those that are meant to be open', async () => {
    const open: string[] = [];
    for (const { method, path } of handlersOf(api.app)) {
      const at = path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000000');
      const answer = await call(method.toUpperCase(), api.url, at, {
        ...(method !== 'get' && { body: {} }),
        signal: AbortSignal.timeout(5_000),
      });
      const isOpen = answer.body?.code !== 'UNAUTHENTICATED' || path === '/api/auth/refresh';
      if (isOpen) open.push(`${method.toUpperCase()} ${path}`);
    }
    expect(open.sort()).toEqual(OPEN);
  });

  it('is in the document', () => {
    expect(undocumented(api.app, ROUTE_DOCS)).toEqual([]);
  });
});

describe('the document', () => {
  it('is what is committed: npm run openapi -w apps/backend renews it', () => {
    const committed = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(createDocument(api.app, ROUTE_DOCS));
  });

  it('is served, with a page to try it out', async () => {
    expect((await get(api.url, '/api/openapi.json')).body).toEqual(createDocument(api.app, ROUTE_DOCS));
    const page = await get(api.url, '/api/docs');
    expect(page.status).toBe(200);
    expect(page.text).toContain('swagger-ui');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('refers to nothing that is not in it', () => {
    const text = JSON.stringify(createDocument(api.app, ROUTE_DOCS));
    const { components } = JSON.parse(text);
    const references = [...text.matchAll(/"#\/components\/(schemas|responses)\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(100);
    for (const [, kind = '', name = ''] of references) expect(Object.keys(components[kind])).toContain(name);
  });
});
