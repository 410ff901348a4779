import {
  type Attack,
  CHUNKED,
  chunked,
  contentLength,
  get,
  handled,
  handledThenClosed,
  likeGet,
  post,
  rejected,
  request,
} from './attack.js';

export const CONNECTION_REUSE: Attack[] = [
  handled(
    'two valid requests at once',
    (to) => get(to, []) + to.whole,
    (to) => [to.status, 200],
  ),
  handled(
    'ten valid requests at once',
    (to) => (get(to, []) + to.whole).repeat(5),
    (to) => Array(5).fill([to.status, 200]).flat(),
  ),
  handled(
    'HEAD and GET at once',
    (to) => request('HEAD', to, []) + to.whole,
    (to) => [to.status, 200],
    { isHead: true },
  ),
  handled(
    'POST with a body and GET at once',
    (to) => post(to, [contentLength(5)], '01234') + to.whole,
    () => [405, 200],
  ),
  handledThenClosed(
    'a valid request, then bytes that are no request',
    (to) => `${get(to, [])}nonsense\r\n\r\n`,
    (to) => [to.status, 400],
  ),
  handledThenClosed('HTTP/1.0', (to) => get(to, [], to.whole).replace('HTTP/1.1', 'HTTP/1.0'), likeGet),
  handledThenClosed(
    'HTTP/1.0 without a host',
    (to) => `GET /health/live HTTP/1.0\r\n\r\n${to.whole}`,
    () => [200],
  ),
  {
    ...handled(
      'HTTP/1.0 with keep-alive',
      (to) => get(to, ['Connection: keep-alive']).replace('HTTP/1.1', 'HTTP/1.0'),
      likeGet,
    ),
    // Without a known length, the end of the connection marks the end of the page.
    closes: 'maybe',
  },
  rejected('HTTP/1.0 with a chunked body', (to) =>
    get(to, ['Connection: keep-alive', CHUNKED], chunked(to.smuggled)).replace('HTTP/1.1', 'HTTP/1.0'),
  ),
  handled(
    'Connection that lists headers of the same request',
    (to) => [
      to.whole.replace('\r\n\r\n', '\r\nConnection: keep-alive, Host, Cookie, Authorization, X-Request-Id\r\n\r\n'),
      get(to, ['Connection: Cookie, Authorization, X-Request-Id']),
    ],
    (to) => [200, to.status],
  ),
  handledThenClosed('Connection: close, then a request', (to) => get(to, ['Connection: close'], to.whole), likeGet),
];
