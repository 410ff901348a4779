import {
  type Attack,
  badRequest,
  contentLength,
  get,
  handled,
  handledThenClosed,
  methodNotAllowed,
  post,
  signIn,
} from './attack.js';

export const ABORTS: Attack[] = [
  handledThenClosed('a half-close inside a body', (to) => signIn(to, '{', [contentLength(100)]), badRequest, {
    abort: 'half-close',
  }),
  handledThenClosed('a half-close inside a chunk', (to) => signIn(to, '5\r\n{'), badRequest, { abort: 'half-close' }),
  handledThenClosed(
    'a half-close inside the headers',
    (to) => `GET ${to.path} HTTP/1.1\r\nHost: ${to.host}\r\nA: `,
    badRequest,
    { abort: 'half-close' },
  ),
  handledThenClosed(
    'a half-close after a valid request',
    (to) => get({ ...to, path: '/health/live' }, []),
    () => [200],
    { abort: 'half-close' },
  ),
  handledThenClosed(
    'a half-close inside a body, after the response',
    (to) => post(to, [contentLength(100)], to.smuggled.slice(0, 50)),
    methodNotAllowed,
    { abort: 'half-close' },
  ),
  handledThenClosed(
    'a reset inside a body',
    (to) => signIn(to, '{', [contentLength(100)]),
    () => [],
    { abort: 'reset' },
  ),
  handledThenClosed(
    'a reset inside a chunk',
    (to) => signIn(to, '5\r\n{'),
    () => [],
    { abort: 'reset' },
  ),
  handledThenClosed(
    'a reset after a valid request',
    (to) => get(to, []),
    () => [],
    { abort: 'reset' },
  ),
  handled(
    'a request in two pieces',
    (to) => [to.whole.slice(0, 30), to.whole.slice(30)],
    () => [200],
  ),
  handled(
    'an unfinished request',
    (to) => to.whole.slice(0, 30),
    () => [],
  ),
  handled(
    'an unfinished body',
    (to) => signIn(to, '{', [contentLength(100)]),
    () => [],
  ),
];
