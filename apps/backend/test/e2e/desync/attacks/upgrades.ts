import {
  type Attack,
  CHUNKED,
  chunked,
  contentLength,
  get,
  handledThenClosed,
  likeGet,
  methodNotAllowed,
  post,
  rejected,
} from './attack.js';

const H2C = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'];
const WEBSOCKET = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

export const UPGRADES: Attack[] = [
  ...(
    [
      ['h2c', H2C],
      ['websocket', WEBSOCKET],
      ['an unknown protocol', ['Connection: upgrade', 'Upgrade: smuggle/1']],
    ] as const
  ).flatMap(([name, headers]) => [
    handledThenClosed(`Upgrade: ${name}`, (to) => get(to, headers), likeGet),
    handledThenClosed(`Upgrade: ${name}, then a request`, (to) => get(to, headers, to.whole), likeGet),
    handledThenClosed(
      `Upgrade: ${name}, then a request in two pieces`,
      (to) => [get(to, headers, to.whole.slice(0, 40)), to.whole.slice(40)],
      likeGet,
    ),
    handledThenClosed(
      `Upgrade: ${name}, with a body`,
      (to) => post(to, [...headers, contentLength(to.smuggled)], to.smuggled),
      methodNotAllowed,
    ),
    handledThenClosed(
      `Upgrade: ${name}, with a chunked body`,
      (to) => post(to, [...headers, CHUNKED], chunked(to.smuggled)),
      methodNotAllowed,
    ),
  ]),
  rejected('CONNECT', (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`, 405),
  rejected(
    'CONNECT, then a request',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n${to.whole}`,
    405,
  ),
  rejected(
    'CONNECT with a body',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n${contentLength(to.whole)}\r\n\r\n${to.whole}`,
    405,
  ),
  handledThenClosed(
    'CONNECT after a valid request',
    (to) => `${get({ ...to, path: '/health/live' }, [])}CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`,
    () => [200, 405],
  ),
  handledThenClosed(
    'CONNECT, then a reset',
    (to) => `CONNECT ${to.host} HTTP/1.1\r\nHost: ${to.host}\r\n\r\n`,
    () => [],
    { abort: 'reset' },
  ),
  rejected('HTTP/2 over HTTP/1: the preface', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  rejected(
    'HTTP/2 over HTTP/1: the preface and a frame',
    (to) => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00${to.whole}`,
  ),
  handledThenClosed(
    'HTTP/2 over HTTP/1: the preface after a request',
    (to) => `${get(to, [])}PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    (to) => [to.status, 400],
  ),
  rejected('HTTP/2 over HTTP/1: the version', (to) =>
    get(to, [contentLength(to.smuggled)], to.smuggled).replace('HTTP/1.1', 'HTTP/2.0'),
  ),
  rejected('HTTP/2 over HTTP/1: pseudo headers', (to) => get(to, [':method: GET', ':path: /'], to.whole)),
];
