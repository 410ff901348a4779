import { type Attack, contentLength, handled, methodNotAllowed, post, rejected } from './attack.js';

const INVALID_LENGTHS: [string, readonly string[]][] = [
  ['twice, the same', ['Content-Length: 5', 'Content-Length: 5']],
  ['twice, different', ['Content-Length: 0', 'Content-Length: 5']],
  ['a list', ['Content-Length: 5, 5']],
  ['a list of different ones', ['Content-Length: 0, 5']],
  ['with a plus', ['Content-Length: +5']],
  ['negative', ['Content-Length: -5']],
  ['hexadecimal', ['Content-Length: 0x5']],
  ['hexadecimal without a prefix', ['Content-Length: a']],
  ['with an exponent', ['Content-Length: 5e0']],
  ['with a fraction', ['Content-Length: 5.0']],
  ['two numbers', ['Content-Length: 0 5']],
  ['empty', ['Content-Length:']],
  ['beyond 64 bits', ['Content-Length: 18446744073709551621']],
  ['with 100 digits', [`Content-Length: ${'9'.repeat(100)}`]],
  ['with a digit separator', ['Content-Length: 1_0']],
  ['in Arabic digits', ['Content-Length: \xd9\xa5']],
  ['on a folded line', ['Content-Length:\r\n 5']],
  ['continued on a folded line', ['Content-Length: 0\r\n 5']],
  ['before a vertical tab', ['Content-Length: 5\x0b']],
  ['after a NUL', ['Content-Length: \x005']],
  ['a space before the colon', ['Content-Length : 5']],
  ['quoted', ['Content-Length: "5"']],
];

export const CONTENT_LENGTH: Attack[] = [
  ...INVALID_LENGTHS.map(([how, headers]) =>
    rejected(`Content-Length: ${how}`, (to) => post(to, headers, `01234${to.whole}`)),
  ),
  handled(
    'Content-Length: surrounded by spaces, with leading zeros',
    (to) => post(to, [`Content-Length:  00${to.smuggled.length} `], to.smuggled),
    methodNotAllowed,
  ),
  handled(
    'Content_Length with an underscore is another header',
    (to) => post(to, ['Content_Length: 5', contentLength(to.smuggled)], to.smuggled),
    methodNotAllowed,
  ),
];
