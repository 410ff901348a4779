import { type Attack, CHUNKED, chunked, contentLength, get, post, rejected } from './attack.js';

/** CL.TE and TE.CL: one server goes by Content-Length, the other by the chunks. */
export const CONFLICTING_LENGTHS: Attack[] = [
  rejected('CL.TE: Content-Length covers bytes after the last chunk', (to) => {
    const body = `0\r\n\r\n${to.smuggled}`;
    return post(to, [contentLength(body), CHUNKED], body);
  }),
  rejected('TE.CL: Content-Length ends inside the chunk', (to) =>
    post(to, ['Content-Length: 4', CHUNKED], chunked(to.smuggled)),
  ),
  rejected('CL.TE on GET', (to) => {
    const body = `0\r\n\r\n${to.smuggled}`;
    return get(to, [contentLength(body), CHUNKED], body);
  }),
  rejected('Content-Length and chunks that agree', (to) => {
    const body = chunked('{}');
    return post(to, [contentLength(body), CHUNKED], body);
  }),
  rejected('Transfer-Encoding first, then Content-Length: 0', (to) =>
    post(to, [CHUNKED, 'Content-Length: 0'], chunked(to.smuggled)),
  ),
];
