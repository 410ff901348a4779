import { type Attack, get, rejected } from './attack.js';

export const HEADER_SYNTAX: Attack[] = [
  rejected('bare line feeds instead of line ends', (to) => get(to, ['A: b'], to.whole).replaceAll('\r\n', '\n')),
  rejected('a bare line feed after the request line', (to) => get(to, ['A: b'], to.whole).replace('\r\n', '\n')),
  rejected('a bare line feed between headers', (to) => get(to, ['A: b\nC: d'], to.whole)),
  rejected(
    'a bare line feed that ends the headers',
    (to) => `GET ${to.path} HTTP/1.1\r\nHost: ${to.host}\r\n\n${to.whole}`,
  ),
  rejected('bare carriage returns instead of line ends', (to) => get(to, ['A: b'], to.whole).replaceAll('\r\n', '\r')),
  rejected('a bare carriage return in a header value', (to) => get(to, ['A: b\rC: d'], to.whole)),
  rejected('two carriage returns at the end of a header', (to) => get(to, ['A: b\r'], to.whole)),
  rejected('a NUL in a header value', (to) => get(to, ['A: b\x00c'], to.whole)),
  rejected('a control character in a header value', (to) => get(to, ['A: b\x01c'], to.whole)),
  rejected('a folded header', (to) => get(to, ['A: b\r\n c'], to.whole)),
  rejected(
    'a folded line right after the request line',
    (to) => `GET ${to.path} HTTP/1.1\r\n A: b\r\nHost: ${to.host}\r\n\r\n${to.whole}`,
  ),
  rejected('a space in a header name', (to) => get(to, ['A b: c'], to.whole)),
  rejected('a NUL in a header name', (to) => get(to, ['A\x00b: c'], to.whole)),
  rejected('a control character in a header name', (to) => get(to, ['A\x0bb: c'], to.whole)),
  rejected('a bracket in a header name', (to) => get(to, ['A(b): c'], to.whole)),
  rejected('an empty header name', (to) => get(to, [': c'], to.whole)),
  rejected('a header without a colon', (to) => get(to, ['Abc'], to.whole)),
  rejected('headers of more than 16 kB', (to) => get(to, [`A: ${'b'.repeat(20_000)}`], to.whole), 431),
  rejected('headers of a megabyte', (to) => get(to, Array(10_000).fill(`A: ${'b'.repeat(100)}`), to.whole), 431),
];
