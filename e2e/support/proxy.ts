import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import { pipeline } from 'node:stream';
import { type Listening, listen } from '../../tools/src/testing/listen.js';
import { selfSigned } from './certificate.js';

export interface ListenOptions {
  readonly address?: string;
  /** The host name in the certificate. Without it, plain HTTP. */
  readonly tls?: string | undefined;
}

/** Headers about one connection only, which a proxy must not forward. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'te', 'upgrade'];
const withoutHopByHop = <Headers extends object>(headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name))) as Headers;

export function serve(handler: RequestListener, { address, tls }: ListenOptions = {}): Promise<Listening> {
  const server = tls ? createHttpsServer(selfSigned(tls), handler) : createHttpServer(handler);
  return listen(server, address);
}

/**
 * Like nginx in front of applications: keeps the Host header of the browser and adds the X-Forwarded headers. `target` is
 * one application, or tells the application of a path.
 */
export function reverseProxy(
  target: string | ((path: string) => string),
  options: ListenOptions = {},
): Promise<Listening> {
  return serve((incoming, outgoing) => {
    const { method, url: path, headers, socket } = incoming;
    const forwarded = {
      'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
      'x-forwarded-proto': options.tls ? 'https' : 'http',
      'x-forwarded-host': headers.host,
    };
    const upstream = request(typeof target === 'string' ? target : target(path ?? '/'), {
      method,
      path,
      headers: { ...withoutHopByHop(headers), ...forwarded },
      agent: false,
    });
    upstream.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, withoutHopByHop(response.headers));
      // Otherwise Node sends the headers with the first event of a stream, which may come much later.
      outgoing.flushHeaders();
      pipeline(response, outgoing, () => {});
    });
    upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    // Otherwise a stream that the client has closed stays open upstream.
    outgoing.on('close', () => upstream.destroy());
    pipeline(incoming, upstream, () => {});
  }, options);
}

/** Forwards bytes unchanged: a second address for the same server. */
export function tcpForwarder(target: string, address: string): Promise<Listening> {
  const { hostname, port } = new URL(target);
  const server = createTcpServer((client) => {
    const upstream = connect(Number(port), hostname);
    pipeline(client, upstream, client, () => {});
  });
  return listen(server, address);
}
