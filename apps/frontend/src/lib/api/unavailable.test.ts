import { Problem } from '@mini-compete/shared/errors';
import { describe, expect, it } from 'vitest';
import { unavailable } from './unavailable';

describe('an API that cannot be reached', () => {
  it('is told as the API tells its errors, and when to ask again', async () => {
    const answer = unavailable();
    const problem = Problem.strict().parse(await answer.json());
    expect(problem).toEqual({
      type: 'urn:mini-compete:error:unavailable',
      title: 'The service is not ready. Repeat in a moment.',
      status: answer.status,
      code: 'UNAVAILABLE',
      detail: 'The web app cannot reach the API.',
      requestId: answer.headers.get('x-request-id'),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('retry-after')).toBe('2');
  });
});
