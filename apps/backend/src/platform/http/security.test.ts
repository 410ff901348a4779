import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { call, get } from '../../../test/support/http-client.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ frontendUrl: 'https://compete.example.org' });
});
afterAll(() => api.close());

it('sets headers against framing, content sniffing and scripts on every response', async () => {
  const { headers } = await get(api.url, '/health/live');
  expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
  expect(headers.get('x-powered-by')).toBeNull();
});

it('allows cross-origin requests with cookies from the web app only', async () => {
  const preflight = (origin: string) =>
    call('OPTIONS', api.url, '/api/auth/me', { headers: { origin, 'access-control-request-method': 'PATCH' } });
  const ours = (await preflight('https://compete.example.org')).headers;
  expect(ours.get('access-control-allow-origin')).toBe('https://compete.example.org');
  expect(ours.get('access-control-allow-credentials')).toBe('true');
  const theirs = (await preflight('https://evil.example')).headers;
  expect(theirs.get('access-control-allow-origin')).not.toBe('https://evil.example');
});
