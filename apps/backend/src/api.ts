import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream } from 'pino';
import { mountBoard } from './admin/board.js';
import { ApiModule } from './api.module.js';
import { stampArrivals } from './common/http/arrival.js';
import { parseOnlyJson } from './common/http/body-parser.js';
import { createAdapter } from './common/http/fastify.js';
import { addCommonHeaders, addMethodNotAllowed } from './common/http/hooks.js';
import { logRequests } from './common/http/request-log.js';
import { addSecurity } from './common/http/security.js';
import { createLogger } from './common/logging/logger.js';
import { Metrics } from './common/metrics/metrics.js';
import { traceRequests } from './common/tracing/trace-requests.js';
import type { Env } from './config/env.js';
import { serveDocument } from './openapi/serve.js';

/** The API, ready to listen. `logTo`: standard output, unless a test reads the log. */
export async function createApi(env: Env, logTo?: DestinationStream): Promise<NestFastifyApplication> {
  const logger = createLogger(env, 'api', logTo);
  const adapter = createAdapter(env);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.decorateRequest('principal', null);
  // First of all hooks: what is refused below was received as well.
  stampArrivals(fastify);
  traceRequests(fastify, env.otelEndpoint);
  addCommonHeaders(fastify);
  await addSecurity(fastify, env.frontendUrl);
  await fastify.register(cookie);
  addMethodNotAllowed(fastify);
  parseOnlyJson(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  logRequests(fastify, logger.pino, app.get(Metrics));
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready', 'metrics'] });
  serveDocument(app);
  mountBoard(app);
  await app.init();
  return app;
}
