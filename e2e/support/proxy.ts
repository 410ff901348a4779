import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, request } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { selfSigned } from './certificate.js';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly address?: string;
  /** The host name of its certificate; plain HTTP without it. */
  readonly tls?: string | undefined;
}

/** What a proxy takes off: it says something about one connection only. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'te', 'upgrade'];
const withoutHopByHop = <Headers extends object>(headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name))) as Headers;

export function serve(answer: RequestListener, { address, tls }: ListenOptions = {}): Promise<Listening> {
  const server = tls ? createHttpsServer(selfSigned(tls), answer) : createHttpServer(answer);
  return listen(server, address);
}

/** As nginx in front of an application: the host stays as the browser said it, and who asked how is added. */
export function reverseProxy(target: string, options: ListenOptions = {}): Promise<Listening> {
  return serve((incoming, outgoing) => {
    const { method, url: path, headers, socket } = incoming;
    const forwarded = {
      'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
      'x-forwarded-proto': options.tls ? 'https' : 'http',
      'x-forwarded-host': headers.host,
    };
    const upstream = request(target, {
      method,
      path,
      headers: { ...withoutHopByHop(headers), ...forwarded },
      agent: false,
    });
    upstream.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, withoutHopByHop(answer.headers));
      // The first event of a stream may come late, its headers must not.
      outgoing.flushHeaders();
      pipeline(answer, outgoing, () => {});
    });
    upstream.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
    // A client that stops reading a stream ends it at its source too.
    outgoing.on('close', () => upstream.destroy());
    pipeline(incoming, upstream, () => {});
  }, options);
}

/** Every byte as it is: another address for the same server. */
export function tcpForwarder(target: string, address: string): Promise<Listening> {
  const { hostname, port } = new URL(target);
  const server = createTcpServer((client) => {
    const upstream = connect(Number(port), hostname);
    pipeline(client, upstream, client, () => {});
  });
  return listen(server, address);
}

async function listen(server: Server, address = '127.0.0.1'): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
