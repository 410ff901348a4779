import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aCompetition, anOrganizer } from '../../../test/support/factories.js';
import { type CallOptions, del, get, post } from '../../../test/support/http-client.js';
import { BODY_LIMIT } from './fastify.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Sends bytes unchanged; fetch would refuse invalid ones. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let response = '';
    socket.on('data', (chunk) => {
      response += chunk;
    });
    socket.on('close', () => resolve(response)).on('error', reject);
  });
}

describe('errors', () => {
  it('answers 404 with a problem document and the request id', async () => {
    const response = await get(api.url, '/api/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.body).toMatchObject({ code: 'ROUTE_NOT_FOUND', requestId: response.headers.get('x-request-id') });
  });

  it('keeps a valid request id of a proxy', async () => {
    const requestIdFor = async (id: string) =>
      (await get(api.url, '/api/nowhere', { headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await requestIdFor('proxy-0123456789')).toBe('proxy-0123456789');
    expect(await requestIdFor('a b\t"c')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, CallOptions, number, string]>([
    ['invalid JSON', { body: '{"email": ' }, 400, 'MALFORMED_REQUEST'],
    ['`__proto__` in JSON', { body: '{"__proto__": {"role": "ADMIN"}}' }, 400, 'MALFORMED_REQUEST'],
    [
      'another content type',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['plain text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a body that is too large', { body: { name: 'x'.repeat(BODY_LIMIT) } }, 413, 'BODY_TOO_LARGE'],
    ['an empty body with the Content-Type of JSON', { body: '' }, 400, 'VALIDATION_FAILED'],
    ['an array', { body: [] }, 400, 'VALIDATION_FAILED'],
  ])('answers %s with its error code', async (_, options, status, code) => {
    const response = await post(api.url, '/api/auth/login', options);
    expect(response).toMatchObject({ status, body: { code, status } });
  });

  it('contain no stack and no SQL, and are not cached', async () => {
    const response = await post(api.url, '/api/auth/login', { body: '{' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.text).not.toMatch(/at .*\.(js|ts)|SELECT|node_modules|SyntaxError/);
  });

  it('S22: an invalid path parameter is reported by its name', async () => {
    expect(await get(api.url, '/api/competitions/x')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ path: 'id', message: expect.any(String) }] },
    });
    const organizer = await anOrganizer();
    const { token } = organizer;
    const { id } = await aCompetition({ organizer });
    const removed = await del(api.url, `/api/competitions/${id}/registrations/x`, { token, body: { reason: 'x' } });
    expect(removed.body.errors).toMatchObject([{ path: 'registrationId' }]);
  });

  it('S22: an invalid field of a body or query is reported by its own path', async () => {
    const body = { email: 'a@example.org', password: '' };
    expect((await post(api.url, '/api/auth/login', { body })).body.errors).toMatchObject([{ path: 'password' }]);
    expect((await get(api.url, '/api/competitions?limit=x')).body.errors).toMatchObject([{ path: 'limit' }]);
  });

  it('answers 405 with the allowed methods', async () => {
    const response = await post(api.url, '/health/live');
    expect(response).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(response.headers.get('allow')).toContain('GET');
  });

  it.each([
    ['GET /api/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['nonsense\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [`GET / HTTP/1.1\r\nHost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
  ])('answers bytes that are no valid request with a problem document (%#)', async (text, status, code) => {
    const response = await raw(text);
    expect(response).toContain(`HTTP/1.1 ${status}`);
    expect(response).toMatch(/content-type: application\/problem\+json/i);
    expect(response).toMatch(/x-request-id: /i);
    expect(response).toContain(`"code":"${code}"`);
  });
});
