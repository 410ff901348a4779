import { randomUUID } from 'node:crypto';
import { PROBLEM_TYPE, problemFor } from '@mini-compete/shared/errors';

/** In the name of an API that does not answer, and as it would say it: clients need not know who told them. */
export function unavailable(): Response {
  const problem = problemFor('UNAVAILABLE', randomUUID(), 'The web app cannot reach the API.');
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': PROBLEM_TYPE,
      'retry-after': '2',
      'cache-control': 'no-store',
      'x-request-id': problem.requestId,
    },
  });
}
