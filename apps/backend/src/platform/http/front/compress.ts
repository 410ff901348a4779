import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createGzip, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const COMPRESSIBLE = /^(text\/|application\/(json|xml|manifest\+json|javascript)|image\/svg)/;
/** Below it the answer fits into one packet as it is. */
const WORTH_IT = 1_024;
/** What is still to come is waited for so long; then what is there goes out. */
const FLUSH_AFTER_MS = 20;

/** Of Brotli. Beyond 5 a page takes many times as long for a few percent, which only pays for what is kept for long. */
export const FOR_MANY = 5;
export const FOR_GOOD = 9;
/** Of gzip: for one reader, Brotli takes four times as long. */
const FOR_ONE = 4;

const viaBrotli = promisify(brotliCompress);
const viaGzip = promisify(gzip);
type Accepts = { readonly 'accept-encoding'?: string | string[] | undefined };

/** The best that the client takes. */
export function encodingFor(headers: Accepts): Encoding {
  const accepted = new Negotiator({ headers }).encodings([...ENCODINGS]);
  return ENCODINGS.find((encoding) => accepted.includes(encoding)) ?? 'identity';
}

export const takesGzip = (headers: Accepts): boolean => new Negotiator({ headers }).encodings(['gzip']).length > 0;

export const isCompressible = (type: unknown): boolean => COMPRESSIBLE.test(String(type));

export async function compress(body: Buffer, encoding: Encoding, quality: number): Promise<[Buffer, Encoding]> {
  if (encoding === 'identity' || body.length < WORTH_IT) return [body, 'identity'];
  if (encoding === 'gzip') return [await viaGzip(body), encoding];
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return [await viaBrotli(body, { params }), encoding];
}

/** For what is passed on while it is being made. Flushed where it pauses, not at each piece: that costs as much again. */
export function compressing(source: Readable): Readable {
  const compressor = createGzip({ level: FOR_ONE });
  let timer: NodeJS.Timeout | undefined;
  source.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(() => compressor.flush(), FLUSH_AFTER_MS);
  });
  // Either end takes the other with it: a reader who is gone, a web app that broke off.
  return pipeline(source, compressor, () => clearTimeout(timer));
}
