import { once } from 'node:events';
import type { Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, Server, type Socket } from 'node:net';
import { setTimeout as delay, setImmediate as iteration } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Env } from '../../config/env.js';

/**
 * A connection that was idle for this long is closed during shutdown. Proxies should do so earlier: a connection that is
 * closed from this side can meet a request that is on its way, which then fails.
 */
const MAX_IDLE_MS = 1_500;
const SWEEP_INTERVAL_MS = 50;
/** A port is closed when the event loop has looked for new connections this short a time ago. */
const MAX_UNSEEN_MS = 0.25;
/** On a machine so busy that this does not come true, it is closed after all. */
const CLOSED_AFTER_MS = 1_000;
/** Parts of the ten seconds that a process has to shut down; the web app may need the API's own port for its last page. */
const FRONT_DRAINED_AFTER_MS = 6_000;
const DRAINED_AFTER_MS = 7_500;

/** A whole iteration of the event loop: what had arrived before, also while the process was paused, has been read. */
async function nextRead(): Promise<void> {
  await iteration();
  await iteration();
}

interface Connection {
  pendingRequests: number;
  /** When it was accepted, or its latest response was complete. */
  idleSince: number;
  /** The response to the latest request, while it is pending: an idle connection would keep a finished one in memory. */
  response: ServerResponse | null;
}

/** One of the two ports, and its connections. */
class Port {
  readonly connections = new Map<Socket, Connection>();
  private accepted = 0;
  private isDraining = false;

  add(socket: Socket): void {
    this.accepted++;
    this.connections.set(socket, { pendingRequests: 0, idleSince: performance.now(), response: null });
    socket.once('close', () => this.connections.delete(socket));
  }

  begin(connection: Connection, response: ServerResponse): void {
    connection.pendingRequests++;
    connection.response = response;
    if (this.isDraining) response.shouldKeepAlive = false;
  }

  end(connection: Connection, response: ServerResponse): void {
    connection.pendingRequests--;
    if (connection.response === response) connection.response = null;
    connection.idleSince = performance.now();
  }

  /** Closes the port first, and each connection once it is idle, so that no request meets a connection that just closes. */
  async drain(server: Server, deadline: number): Promise<void> {
    await this.untilAllAccepted(deadline);
    // Of `net`: closing an HTTP server closes its idle connections at the same moment.
    Server.prototype.close.call(server);
    // Responses from now on carry `Connection: close`. Not before: their clients would open new connections to this port.
    this.isDraining = true;
    for (const { response } of this.connections.values()) if (response) response.shouldKeepAlive = false;
    while (this.connections.size > 0) {
      await nextRead();
      const now = performance.now();
      for (const [socket, { pendingRequests, idleSince }] of this.connections) {
        if (now > deadline) socket.destroy();
        else if (pendingRequests === 0 && now - idleSince > MAX_IDLE_MS) socket.destroySoon();
      }
      await delay(SWEEP_INTERVAL_MS);
    }
  }

  /**
   * Until no established connection waits to be accepted: closing the port would reset it, with the request on it. What
   * came in since the event loop last looked for connections is not known, so that has to be a short time ago.
   */
  private async untilAllAccepted(deadline: number): Promise<void> {
    const giveUpAt = Math.min(performance.now() + CLOSED_AFTER_MS, deadline);
    await iteration();
    for (;;) {
      const { accepted } = this;
      const startedAt = performance.now();
      await iteration();
      const now = performance.now();
      if ((this.accepted === accepted && now - startedAt < MAX_UNSEEN_MS) || now > giveUpAt) return;
    }
  }
}

/**
 * The port for browsers: a second listening socket of the same HTTP server, so that both ports share one parser, one
 * error handler and one set of routes.
 */
@Injectable()
export class FrontSocket implements BeforeApplicationShutdown {
  private readonly front = new Port();
  private readonly own = new Port();
  private servers: { front: Server; own: HttpServer } | null = null;

  /** Counts the pending requests of each connection, so that the shutdown closes only idle ones. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const { port, connection } = this.find(request.raw.socket);
      if (connection !== undefined) port.begin(connection, reply.raw);
      done();
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      const { port, connection } = this.find(request.raw.socket);
      if (connection !== undefined) port.end(connection, reply.raw);
      done();
    });
  }

  private find(socket: Socket): { port: Port; connection: Connection | undefined } {
    const port = this.front.connections.has(socket) ? this.front : this.own;
    return { port, connection: port.connections.get(socket) };
  }

  /** Whether a request arrived on the port for browsers. */
  received(request: FastifyRequest): boolean {
    return this.front.connections.has(request.raw.socket);
  }

  /** Call after the HTTP server itself listens, because only then it sets up its timeouts. */
  async listen(http: HttpServer, port: number, host: string): Promise<string> {
    http.on('connection', (socket: Socket) => {
      if (!this.front.connections.has(socket)) this.own.add(socket);
    });
    // The options that node:http uses for its own socket.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.front.add(socket);
      http.emit('connection', socket);
    });
    server.listen(port, host);
    await once(server, 'listening');
    this.servers = { front: server, own: http };
    const { address, port: actualPort, family } = server.address() as { address: string; port: number; family: string };
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
  }

  /**
   * The port for browsers is drained before the API's own, because pages that are being rendered still call the API. Event
   * streams are closed by now.
   */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.servers === null) return;
    const startedAt = performance.now();
    await this.front.drain(this.servers.front, startedAt + FRONT_DRAINED_AFTER_MS);
    await this.own.drain(this.servers.own, startedAt + DRAINED_AFTER_MS);
  }
}

/** Listens on both ports of the API process: the API's own, and the one for browsers. */
export async function listen(app: NestFastifyApplication, env: Env): Promise<void> {
  await app.listen(env.backendPort, env.host);
  const front = await app.get(FrontSocket).listen(app.getHttpServer() as HttpServer, env.port, env.host);
  new Logger('Api').log({ msg: 'listening', url: await app.getUrl(), front });
}
