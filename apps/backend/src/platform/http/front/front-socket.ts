import { once } from 'node:events';
import type { Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A connection without a request is kept for so long: its client may just be sending one. */
const LINGER_MS = 250;
const SWEEP_MS = 50;
/** Of the ten seconds that a process has for ending, the rest is for what this socket's requests ask of us. */
const DRAIN_MS = 6_000;

interface Connection {
  /** Those that wait for an answer. */
  requests: number;
  /** The answer to the last of them. */
  response: ServerResponse | null;
}

/**
 * The address that browsers use: a second listening socket of the one HTTP server, so that there is one parser, one
 * error handler and one set of routes behind both.
 */
@Injectable()
export class FrontSocket implements BeforeApplicationShutdown {
  private readonly connections = new Map<Socket, Connection>();
  private server: Server | null = null;
  private draining = false;

  /** Counts the requests of each connection: one that waits for an answer is not closed. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      const connection = this.connections.get(request.raw.socket);
      if (connection !== undefined) {
        connection.requests++;
        connection.response = reply.raw;
        if (this.draining) reply.raw.shouldKeepAlive = false;
      }
      done();
    });
    fastify.addHook('onResponse', (request, _reply, done) => {
      const connection = this.connections.get(request.raw.socket);
      if (connection !== undefined) connection.requests--;
      done();
    });
  }

  /** Whether a request came to the address for browsers. */
  received(request: FastifyRequest): boolean {
    return this.connections.has(request.raw.socket);
  }

  /** After the HTTP server itself: what it needs for its time-outs it makes when it begins to listen. */
  async listen(http: HttpServer, port: number, host: string): Promise<string> {
    // As node:http makes its own.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.connections.set(socket, { requests: 0, response: null });
      socket.once('close', () => this.connections.delete(socket));
      http.emit('connection', socket);
    });
    server.listen(port, host);
    await once(server, 'listening');
    this.server = server;
    const { address, port: chosen, family } = server.address() as { address: string; port: number; family: string };
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`;
  }

  /**
   * Before the API's own socket closes: pages that are on their way still ask the API for what they show. Streams have
   * been ended by now.
   */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.server === null) return;
    this.draining = true;
    this.server.close();
    // Who gets an answer from now on is told not to ask again here.
    for (const { response } of this.connections.values()) if (response) response.shouldKeepAlive = false;
    const began = performance.now();
    while (this.connections.size > 0) {
      const passed = performance.now() - began;
      for (const [socket, { requests }] of this.connections) {
        if (passed > DRAIN_MS) socket.destroy();
        else if (requests === 0 && passed > LINGER_MS) socket.destroySoon();
      }
      await pause(SWEEP_MS);
    }
  }
}
