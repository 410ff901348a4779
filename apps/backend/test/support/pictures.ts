import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { call } from './http-client.js';

/** A picture of one color. */
export const aPicture = (width = 1_200, height = 600, background = '#3355aa') =>
  sharp({ create: { width, height, channels: 3, background } });

export async function upload(
  url: string,
  { id }: { id: string },
  picture: Buffer | Promise<Buffer>,
  { token, alt, type = 'image/jpeg' }: { token?: string; alt?: string; type?: string },
) {
  const query = alt === undefined ? '' : `?alt=${encodeURIComponent(alt)}`;
  const bytes = await picture;
  const response = await fetch(`${url}/api/competitions/${id}/cover${query}`, {
    method: 'PUT',
    headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

export const removeCover = (url: string, { id }: { id: string }, token: string) =>
  call('DELETE', url, `/api/competitions/${id}/cover`, { token });

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Adam7: the first column and row of each pass, and the steps between them. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/**
 * A valid black PNG. It is interlaced, so that a decoder holds all of it in memory, and a thousandth of its size as a file.
 * With `pixels: false` only the header of one.
 */
export function pngBomb(side: number, { pixels = true } = {}): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 0, 0, 0, 1], 8);
  const bytes = PASSES.map(([x, y, dx, dy]) => Math.ceil((side - y) / dy) * (1 + Math.ceil((side - x) / dx)));
  const data = pixels ? deflateSync(Buffer.alloc(bytes.reduce((sum, n) => sum + n, 0))) : Buffer.alloc(0);
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
