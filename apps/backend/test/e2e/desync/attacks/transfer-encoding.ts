import {
  type Attack,
  chunked,
  contentLength,
  handled,
  handledThenClosed,
  methodNotAllowed,
  post,
  rejected,
} from './attack.js';

const OBFUSCATIONS: [string, readonly string[]][] = [
  ['xchunked', ['Transfer-Encoding: xchunked']],
  ['chunked, identity', ['Transfer-Encoding: chunked, identity']],
  ['identity', ['Transfer-Encoding: identity']],
  ['quoted', ['Transfer-Encoding: "chunked"']],
  ['a space before the colon', ['Transfer-Encoding : chunked']],
  ['a tab before the colon', ['Transfer-Encoding\t: chunked']],
  ['on a folded line', ['Transfer-Encoding:\r\n chunked']],
  ['on a line folded with a bare line feed', ['Transfer-Encoding:\n chunked']],
  ['after a vertical tab', ['Transfer-Encoding: \x0bchunked']],
  ['before a vertical tab', ['Transfer-Encoding: chunked\x0b']],
  ['before a NUL', ['Transfer-Encoding: chunked\x00']],
  ['with a parameter', ['Transfer-Encoding: chunked;q=1']],
  ['twice in one header', ['Transfer-Encoding: chunked, chunked, x']],
  ['a second header with an unknown coding', ['Transfer-Encoding: chunked', 'Transfer-Encoding: x']],
  ['a second header with identity', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
  ['empty', ['Transfer-Encoding:']],
  ['a leading comma', ['Transfer-Encoding: , x']],
  ['after another coding', ['Transfer-Encoding: gzip, chunked']],
  ['twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
  ['truncated', ['Transfer-Encoding: chunke']],
  ['with a high byte', ['Transfer-Encoding: \xffchunked']],
  ['after a bare line feed', ['X: x\nTransfer-Encoding: chunked']],
  ['after a bare carriage return', ['X: x\rTransfer-Encoding: chunked']],
  ['with a space before the name', [' Transfer-Encoding: chunked']],
];

/** TE.TE: one server reads the header as chunked encoding, the other ignores it. */
export const TRANSFER_ENCODING: Attack[] = [
  ...OBFUSCATIONS.map(([how, headers]) => rejected(`TE.TE: ${how}`, (to) => post(to, headers, chunked(to.smuggled)))),
  ...OBFUSCATIONS.map(([how, headers]) =>
    rejected(`TE.TE with Content-Length: ${how}`, (to) => {
      const body = chunked(to.smuggled);
      return post(to, [contentLength(body), ...headers], body);
    }),
  ),
  handled(
    'chunked encoding in capital letters',
    (to) => post(to, ['TRANSFER-ENCODING: CHUNKED'], chunked(to.smuggled)),
    methodNotAllowed,
  ),
  handled(
    'chunked encoding after a tab and spaces',
    (to) => post(to, ['Transfer-Encoding: \t chunked'], chunked(to.smuggled)),
    methodNotAllowed,
  ),
  handledThenClosed(
    'chunked encoding before a tab',
    (to) => post(to, ['Transfer-Encoding: chunked\t'], chunked(to.smuggled)),
    methodNotAllowed,
  ),
  handled(
    'Transfer_Encoding with an underscore is another header',
    (to) => post(to, ['Transfer_Encoding: chunked', contentLength(to.smuggled)], to.smuggled),
    methodNotAllowed,
  ),
];
