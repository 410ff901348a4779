import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

/** The white margin that readers need, in modules. */
const QUIET_ZONE = 4;
/** Of the picture in a mail, in pixels. */
const MODULE_SIZE = 5;

const modulesOf = (text: string): boolean[][] => encode(text, { ecc: 'M', border: QUIET_ZONE }).data;

/** Black on white in every theme: many readers do not see an inverted code. */
export function qrCodeSvg(text: string): string {
  const modules = modulesOf(text);
  const size = modules.length;
  const dark = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${dark.join('')}"/></svg>`;
}

/** One bit per pixel: less than a kilobyte, in a mail that thousands of people get. */
export function qrCodePng(text: string): Buffer {
  const modules = modulesOf(text);
  const size = modules.length * MODULE_SIZE;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // One bit per pixel; the rest is 0: gray, deflate, filter per row, not interlaced.
  header[8] = 1;
  const rows = modules.flatMap((row) => Array<Buffer>(MODULE_SIZE).fill(pixelsOf(row)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The filter (none), and the pixels, eight in a byte. White is 1. */
function pixelsOf(row: readonly boolean[]): Buffer {
  const width = row.length * MODULE_SIZE;
  const bytes = Buffer.alloc(1 + Math.ceil(width / 8));
  for (let x = 0; x < width; x++)
    if (!row[Math.floor(x / MODULE_SIZE)]) bytes[1 + (x >> 3)] = (bytes[1 + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
