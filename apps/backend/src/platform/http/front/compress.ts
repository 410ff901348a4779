import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createGzip, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const COMPRESSIBLE = /^(text\/|application\/(json|xml|manifest\+json|javascript|wasm)|image\/svg)/;
/** A smaller response fits into one packet uncompressed. */
const MIN_BYTES = 1_024;
/** A stream that pauses this long is flushed, so that the browser can render what has been sent. */
const FLUSH_DELAY_MS = 20;

/** Brotli for shared pages. Above 5 a page takes many times as long for a few percent less. */
export const SHARED_PAGE_QUALITY = 5;
/** Brotli for static files, which are cached for a long time. */
export const STATIC_FILE_QUALITY = 9;
/** Gzip for a page of one person; Brotli would take four times as long. */
const STREAM_LEVEL = 4;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);
type Accepts = { readonly 'accept-encoding'?: string | string[] | undefined };

/** The best encoding that the client accepts. */
export function encodingFor(headers: Accepts): Encoding {
  const accepted = new Negotiator({ headers }).encodings([...ENCODINGS]);
  return ENCODINGS.find((encoding) => accepted.includes(encoding)) ?? 'identity';
}

export const acceptsGzip = (headers: Accepts): boolean => new Negotiator({ headers }).encodings(['gzip']).length > 0;

export const isCompressible = (type: unknown): boolean => COMPRESSIBLE.test(String(type));

export async function compress(body: Buffer, encoding: Encoding, quality: number): Promise<[Buffer, Encoding]> {
  if (encoding === 'identity' || body.length < MIN_BYTES) return [body, 'identity'];
  if (encoding === 'gzip') return [await gzipAsync(body), encoding];
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return [await brotliAsync(body, { params }), encoding];
}

/** Compresses a page while it is rendered. Flushes after pauses only: a flush per chunk doubles the cost. */
export function compressStream(source: Readable): Readable {
  const compressor = createGzip({ level: STREAM_LEVEL });
  let timer: NodeJS.Timeout | undefined;
  source.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(() => compressor.flush(), FLUSH_DELAY_MS);
  });
  // Destroys the other end when the client disconnects or the web app breaks off. The reader of the result gets errors.
  return pipeline(source, compressor, () => clearTimeout(timer));
}
