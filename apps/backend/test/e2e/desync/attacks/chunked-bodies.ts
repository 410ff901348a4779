import {
  type Attack,
  badRequest,
  CHUNKED,
  get,
  handled,
  handledThenClosed,
  methodNotAllowed,
  post,
  rejected,
  signIn,
} from './attack.js';

export const CHUNKED_BODIES: Attack[] = [
  handled('a chunk with an extension', (to) => signIn(to, '2;a=b;c="d"\r\n{}\r\n0;e\r\n\r\n'), badRequest),
  handled('a chunk size with zeros before it', (to) => signIn(to, '0000002\r\n{}\r\n000\r\n\r\n'), badRequest),
  ...(
    [
      ['a chunk size beyond 64 bits', 'FFFFFFFFFFFFFFFF2'],
      ['a negative chunk size', '-2'],
      ['a chunk size with a plus', '+2'],
      ['a chunk size with a 0x prefix', '0x2'],
      ['an empty chunk size', ''],
      ['a chunk size that is no number', 'g'],
      ['a chunk size with a space before it', ' 2'],
      ['a chunk size with a space after it', '2 '],
      ['a chunk size with a NUL', '2\x00'],
      ['a chunk extension with a line feed', '2;a\nb'],
      ['a chunk extension with a carriage return', '2;a\rb'],
      ['a chunk extension with a NUL', '2;a\x00b'],
      ['a chunk extension of 20 kB', `2;a=${'b'.repeat(20_000)}`],
    ] as const
  ).map(([name, line]) => rejected(name, (to) => signIn(to, `${line}\r\n{}\r\n0\r\n\r\n${to.whole}`))),
  rejected('a chunk size that ends with a line feed', (to) => signIn(to, `2\n{}\r\n0\r\n\r\n${to.whole}`)),
  rejected('a chunk extension that ends with a line feed', (to) => signIn(to, `2;\n{}\r\n0\r\n\r\n${to.whole}`)),
  rejected('a chunk that ends with a line feed', (to) => signIn(to, `2\r\n{}\n0\r\n\r\n${to.whole}`)),
  rejected('a chunk that ends with two line feeds', (to) => signIn(to, `2\r\n{}\n\n0\r\n\r\n${to.whole}`)),
  rejected('a chunk that ends with other bytes', (to) => signIn(to, `2\r\n{}XX0\r\n\r\n${to.whole}`)),
  rejected('a chunk longer than its size', (to) => signIn(to, `2\r\n{}}\r\n0\r\n\r\n${to.whole}`)),
  rejected('a last chunk that ends with line feeds', (to) => signIn(to, `2\r\n{}\r\n0\n\n${to.whole}`)),
  handledThenClosed(
    'an invalid chunk after the response',
    (to) => post(to, [CHUNKED], `g\r\n{}\r\n0\r\n\r\n${to.whole}`),
    methodNotAllowed,
  ),
  ...['Host: evil.example', 'X-Request-Id: smuggled-0002'].map((trailer) =>
    handled(
      `an ignored trailer: ${trailer}`,
      (to) => signIn(to, `2\r\n{}\r\n0\r\n${trailer}\r\n\r\n${to.whole}`),
      () => [400, 200],
    ),
  ),
  ...['Content-Length: 5', 'Transfer-Encoding: chunked'].map((trailer) =>
    rejected(`a forbidden trailer: ${trailer}`, (to) => signIn(to, `2\r\n{}\r\n0\r\n${trailer}\r\n\r\n${to.whole}`)),
  ),
  handled(
    'a token in a trailer',
    (to) => get({ ...to, path: '/api/auth/me' }, [CHUNKED], `0\r\n${/Authorization: .*/.exec(to.whole)}\r\n\r\n`),
    () => [401],
  ),
  rejected('a folded trailer', (to) => signIn(to, `2\r\n{}\r\n0\r\nA: b\r\n c\r\n\r\n${to.whole}`)),
  rejected('a trailer without a colon', (to) => signIn(to, `2\r\n{}\r\n0\r\nabc\r\n\r\n${to.whole}`)),
];
