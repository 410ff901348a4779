import { type Attack, get, handled, likeGet, rejected, request, type Statuses } from './attack.js';

/** The API's own address has no web app behind it. */
const onlyInFront =
  (status: number): Statuses =>
  (to) => [to.isFront ? status : 404];

export const REQUEST_LINE: Attack[] = [
  rejected('an unknown HTTP version', (to) => get(to, [], to.smuggled).replace('HTTP/1.1', 'HTTP/1.2')),
  rejected('the HTTP version in lower case', (to) => get(to, [], to.smuggled).replace('HTTP/1.1', 'http/1.1')),
  rejected('HTTP/0.9', (to) => `GET ${to.path}\r\n${to.smuggled}`),
  rejected('an unknown method', (to) => request('SMUGGLE', to, [], to.whole)),
  rejected('a method in lower case', (to) => request('get', to, [], to.whole)),
  rejected('a space in the request target', (to) => get({ ...to, path: `${to.path} x` }, [], to.whole)),
  rejected('a NUL in the request target', (to) => get({ ...to, path: `${to.path}\x00` }, [], to.whole)),
  rejected(
    'a request target of more than 16 kB',
    (to) => get({ ...to, path: `/${'a'.repeat(20_000)}` }, [], to.whole),
    431,
  ),
  handled('absolute form', (to) => get({ ...to, path: `http://${to.host}${to.path}` }, []), likeGet),
  handled(
    'absolute form with another host',
    (to) => get({ ...to, path: `http://evil.example${to.path}` }, []),
    () => [400],
  ),
  handled(
    'absolute form with a user',
    (to) => get({ ...to, path: `http://evil@${to.host}${to.path}` }, []),
    () => [400],
  ),
  handled('a request target without a slash', (to) => get({ ...to, path: '*' }, []), onlyInFront(400)),
  handled(
    'OPTIONS *',
    (to) => request('OPTIONS', { ...to, path: '*' }, []),
    () => [404],
  ),
  handled('two slashes before another host', (to) => get({ ...to, path: '//evil.example/x' }, []), onlyInFront(308)),
  handled('a backslash before another host', (to) => get({ ...to, path: '/\\evil.example' }, []), onlyInFront(400)),
  handled('a fragment in the request target', (to) => get({ ...to, path: `${to.path}#evil` }, []), likeGet),
  handled(
    'an encoded request in the path',
    (to) => get({ ...to, path: '/api/auth/me%20HTTP/1.1%0d%0aHost:%20evil.example%0d%0a%0d%0a' }, []),
    () => [404],
  ),
  handled(
    'an encoded request in the query',
    (to) => get({ ...to, path: `${to.path}?x=%0d%0aHost:%20evil.example%0d%0a%0d%0aGET%20/` }, []),
    likeGet,
  ),
];
