import { type Attack, CHUNKED, chunk, chunked, contentLength, get, handled, request, type Statuses } from './attack.js';

export const UNEXPECTED_BODIES: Attack[] = ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE'].flatMap((method) => {
  const isHead = method === 'HEAD';
  const statuses: Statuses = (to) => {
    if (isHead || method === 'GET') return [to.status];
    // Erasing an account takes a body, in JSON.
    if (method === 'DELETE' && to.path === '/api/auth/me') return [415];
    return [method === 'OPTIONS' && !to.isPage ? 204 : 405];
  };
  return [
    handled(
      `${method} with a request as its body`,
      (to) => request(method, to, [contentLength(to.smuggled)], to.smuggled),
      statuses,
      { isHead },
    ),
    handled(
      `${method} with a request as its chunked body`,
      (to) => request(method, to, [CHUNKED], chunked(to.smuggled)),
      statuses,
      { isHead },
    ),
    handled(
      `${method} with a chunked body, then another request`,
      (to) => [request(method, to, [CHUNKED], chunked(to.smuggled)), get(to, [])],
      (to) => [...statuses(to), to.status],
      { isHead },
    ),
    {
      ...handled(
        `${method} with a chunked body in two pieces`,
        (to) => [request(method, to, [CHUNKED], chunk(to.smuggled)), '0\r\n\r\n'],
        statuses,
        { isHead },
      ),
      // A response that is sent before the body has arrived closes the connection.
      closes: 'maybe',
    },
  ];
});
