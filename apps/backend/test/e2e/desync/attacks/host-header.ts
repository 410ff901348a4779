import { type Attack, type Bytes, get, handled, likeGet } from './attack.js';

/** All servers agree where such a request ends, so the connection stays open for the request behind it. */
const rejectedAlone = (name: string, bytes: Bytes) => handled(name, bytes, () => [400, 200]);

export const HOST_HEADER: Attack[] = [
  rejectedAlone('two Host headers', (to) => get(to, ['Host: evil.example'], to.whole)),
  rejectedAlone('two Host headers, one in capital letters', (to) => get(to, ['HOST: evil.example'], to.whole)),
  rejectedAlone('no Host header', (to) => `GET ${to.path} HTTP/1.1\r\nA: b\r\n\r\n${to.whole}`),
  ...[
    ['an empty host', () => ''],
    ['a host with two ports', (host: string) => `${host}:80`],
    ['a host with an invalid port', () => '127.0.0.1:@evil.example'],
    ['a host with a user', (host: string) => `evil@${host}`],
    ['a host with a path', (host: string) => `${host}/evil`],
    ['two hosts in one header', (host: string) => `${host}, evil.example`],
    ['a host with a space', (host: string) => `${host} evil`],
    ['a host with markup', () => '"><script>'],
  ].map(([name, of]) =>
    rejectedAlone(name as string, (to) =>
      get({ ...to, host: (of as (host: string) => string)(to.host) }, [], to.whole),
    ),
  ),
  rejectedAlone('a second Host header after two thousand other headers', (to) =>
    get(to, [...Array(2_100).fill('a:'), 'Host: evil.example'], to.whole),
  ),
  handled('another host', (to) => get({ ...to, host: 'evil.example' }, []), likeGet),
];
