import type { Readable } from 'node:stream';
import { DomainError, type DomainErrorOptions } from '../errors/domain-error.js';

interface Limit {
  readonly bytes: number;
  /** The detail of the error when the body is longer. */
  readonly detail: NonNullable<DomainErrorOptions['detail']>;
}

/**
 * Reads the body of a route with BODY_IS_STREAM, and refuses it as soon as it is too long. How long the sender may take is
 * limited by the server's request timeout.
 */
export async function readBody(body: Readable, { bytes, detail }: Limit): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Destroying the stream would close the connection before the response has been sent.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length;
      if (length > bytes) throw new DomainError('BODY_TOO_LARGE', { detail });
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    // Senders that read no response while they are sending: what follows is discarded.
    body.resume();
    if (error instanceof DomainError) throw error;
    // The client has disconnected.
    throw new DomainError('MALFORMED_REQUEST', { cause: error });
  }
  return Buffer.concat(chunks, length);
}
