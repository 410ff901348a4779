import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { NextRequest } from 'next/server';
import { unavailable } from './unavailable';
import { askBackend, withoutHopByHop } from './upstream';

/**
 * Passes a request on to the backend, both ways as a stream: events arrive when they happen, and a long list needs no
 * memory. As it came, or for another `path` and with other headers.
 */
export async function passOn(
  request: NextRequest,
  path = request.nextUrl.pathname + request.nextUrl.search,
  instead: Record<string, string> = {},
): Promise<Response> {
  const headers = { ...withoutHopByHop(request.headers), ...instead };
  headers['x-forwarded-host'] ??= request.headers.get('host') ?? '';
  headers['x-forwarded-proto'] ??= request.nextUrl.protocol.replace(':', '');
  // Next hands over an empty stream where there is no body; passed on, it would be a body without a type.
  const hasBody = Number(headers['content-length'] ?? 0) > 0 || request.headers.has('transfer-encoding');
  const body = hasBody && request.body ? Readable.fromWeb(request.body as NodeReadableStream) : null;
  try {
    const answer = await askBackend({
      method: request.method,
      path,
      headers,
      body,
      signal: request.signal,
    });
    return toResponse(answer, request);
  } catch {
    return unavailable();
  }
}

function toResponse(answer: Awaited<ReturnType<typeof askBackend>>, request: NextRequest): Response {
  const headers = new Headers();
  // rawHeaders, since two Set-Cookie lines must stay two.
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    const name = String(answer.rawHeaders[index]).toLowerCase();
    if (name in withoutHopByHop([[name, '']])) headers.append(name, String(answer.rawHeaders[index + 1]));
  }
  // Compressing holds events back until a block is full.
  if (headers.get('content-type')?.startsWith('text/event-stream'))
    headers.set('cache-control', 'no-store, no-transform');
  const status = answer.statusCode ?? 502;
  const empty = request.method === 'HEAD' || status === 204 || status === 304;
  if (empty) answer.resume();
  // A reader who leaves ends the request to the backend too; its stream then ends with an error nobody waits for.
  answer.on('error', () => answer.destroy());
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers });
}
