import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const COMPRESSIBLE = /^(text\/|application\/(json|xml|manifest\+json|javascript)|image\/svg)/;
/** Below it the answer fits into one packet as it is. */
const WORTH_IT = 1_024;

const viaBrotli = promisify(brotliCompress);
const viaGzip = promisify(gzip);

export function encodingFor(headers: { readonly 'accept-encoding'?: string | string[] | undefined }): Encoding {
  const accepted = new Negotiator({ headers }).encodings([...ENCODINGS]);
  return ENCODINGS.find((encoding) => accepted.includes(encoding)) ?? 'identity';
}

export async function compress(body: Buffer, type: string, encoding: Encoding): Promise<[Buffer, Encoding]> {
  if (encoding === 'identity' || body.length < WORTH_IT || !COMPRESSIBLE.test(type)) return [body, 'identity'];
  if (encoding === 'gzip') return [await viaGzip(body), encoding];
  // Beyond 5 a page takes many times as long for a few percent.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return [await viaBrotli(body, { params }), encoding];
}
