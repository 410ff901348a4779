import { type Attack, get, handled, likeGet } from './attack.js';

/** Headers that a proxy or framework trusts, and that must change nothing when a client sends them. */
export const SPOOFED_HEADERS: Attack[] = [
  handled(
    'unknown and malformed cookies',
    (to) => get(to, ['Cookie: evil=1; zone=../evil; theme="><script>; mc_access=a b']),
    likeGet,
  ),
  handled(
    'forwarding headers with another host',
    (to) =>
      get(to, [
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
        'X-Forwarded-For: evil',
        'X-Forwarded-Port: 1',
        'X-Forwarded-Prefix: /evil',
        'Forwarded: host=evil.example',
        'X-Host: evil.example',
      ]),
    likeGet,
  ),
  handled(
    'method override headers',
    (to) => get(to, ['X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: DELETE', 'X-Method-Override: DELETE']),
    likeGet,
  ),
  handled(
    'path override headers',
    (to) =>
      get(to, [
        'X-Original-URL: /admin/jobs',
        'X-Rewrite-URL: /admin/jobs',
        'X-Matched-Path: /admin/jobs',
        'X-Page: /admin/jobs',
      ]),
    likeGet,
  ),
  handled(
    'internal headers of Next.js',
    (to) =>
      get(to, [
        'X-Middleware-Subrequest: src/proxy:src/proxy',
        'X-Middleware-Prefetch: 1',
        'X-Middleware-Invoke: 1',
        'X-Middleware-Rewrite: http://evil.example',
        'X-Middleware-Override-Headers: authorization',
        'X-Invoke-Path: /admin/jobs',
        'X-Invoke-Status: 500',
        'X-Invoke-Error: evil',
        'X-Invoke-Output: /evil',
        'X-Nextjs-Data: 1',
        'X-Now-Route-Matches: 1=evil',
        'X-Session: ended',
        `Next-Action: ${'a'.repeat(40)}`,
      ]),
    likeGet,
  ),
  handled(
    'hop-by-hop headers',
    (to) =>
      get(to, [
        'Keep-Alive: timeout=1',
        'Proxy-Connection: keep-alive',
        'TE: trailers',
        'Trailer: Content-Length',
        'Max-Forwards: 0',
      ]),
    likeGet,
  ),
];
