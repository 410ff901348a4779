import { once } from 'node:events';
import type { Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Env } from '../../config/env.js';

/** An idle connection is kept open this long during shutdown: its client may just be sending a request. */
const LINGER_MS = 250;
const SWEEP_INTERVAL_MS = 50;
/** Part of the ten seconds that a process has to shut down; the rest is for API requests of the web app. */
const DRAIN_TIMEOUT_MS = 6_000;

interface Connection {
  pendingRequests: number;
  /** The response to the latest request. */
  response: ServerResponse | null;
}

/**
 * The port for browsers: a second listening socket of the same HTTP server, so that both ports share one parser, one
 * error handler and one set of routes.
 */
@Injectable()
export class FrontSocket implements BeforeApplicationShutdown {
  private readonly connections = new Map<Socket, Connection>();
  private server: Server | null = null;
  private isDraining = false;

  /** Counts the pending requests of each connection, so that the shutdown closes only idle ones. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const connection = this.connections.get(request.raw.socket);
      if (connection !== undefined) {
        connection.pendingRequests++;
        connection.response = reply.raw;
        if (this.isDraining) reply.raw.shouldKeepAlive = false;
      }
      done();
    });
    fastify.addHook('onResponse', (request, _reply, done) => {
      const connection = this.connections.get(request.raw.socket);
      if (connection !== undefined) connection.pendingRequests--;
      done();
    });
  }

  /** Whether a request arrived on the port for browsers. */
  received(request: FastifyRequest): boolean {
    return this.connections.has(request.raw.socket);
  }

  /** Call after the HTTP server itself listens, because only then it sets up its timeouts. */
  async listen(http: HttpServer, port: number, host: string): Promise<string> {
    // The options that node:http uses for its own socket.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.connections.set(socket, { pendingRequests: 0, response: null });
      socket.once('close', () => this.connections.delete(socket));
      http.emit('connection', socket);
    });
    server.listen(port, host);
    await once(server, 'listening');
    this.server = server;
    const { address, port: actualPort, family } = server.address() as { address: string; port: number; family: string };
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
  }

  /**
   * Drains this port before the API's own socket closes, because pages that are being rendered still call the API.
   * Event streams are closed by now.
   */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.server === null) return;
    this.isDraining = true;
    this.server.close();
    // Responses from now on carry `Connection: close`.
    for (const { response } of this.connections.values()) if (response) response.shouldKeepAlive = false;
    const startedAt = performance.now();
    while (this.connections.size > 0) {
      const elapsedMs = performance.now() - startedAt;
      for (const [socket, { pendingRequests }] of this.connections) {
        if (elapsedMs > DRAIN_TIMEOUT_MS) socket.destroy();
        else if (pendingRequests === 0 && elapsedMs > LINGER_MS) socket.destroySoon();
      }
      await delay(SWEEP_INTERVAL_MS);
    }
  }
}

/** Listens on both ports of the API process: the API's own, and the one for browsers. */
export async function listen(app: NestFastifyApplication, env: Env): Promise<void> {
  await app.listen(env.backendPort, env.host);
  const front = await app.get(FrontSocket).listen(app.getHttpServer() as HttpServer, env.port, env.host);
  new Logger('Api').log({ msg: 'listening', url: await app.getUrl(), front });
}
