import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream } from 'pino';
import { mountBoard } from './admin/board.js';
import { ApiModule } from './api.module.js';
import { renewSessions } from './auth/renew-sessions.js';
import { SessionCookies } from './auth/session-cookies.js';
import { SessionsService } from './auth/sessions.service.js';
import { TokenService } from './auth/token.service.js';
import { stampArrivals } from './common/http/arrival.js';
import { parseOnlyJson } from './common/http/body-parser.js';
import { createAdapter } from './common/http/fastify.js';
import { addCommonHeaders, addMethodNotAllowed } from './common/http/hooks.js';
import { checkRequests } from './common/http/request-checks.js';
import { logRequests } from './common/http/request-log.js';
import { addSecurity } from './common/http/security.js';
import { createLogger } from './common/logging/logger.js';
import { Metrics } from './common/metrics/metrics.js';
import { traceRequests } from './common/tracing/trace-requests.js';
import type { Env } from './config/env.js';
import { FrontSocket } from './front/front-socket.js';
import { Pages, recognizePages } from './front/pages.js';
import { serveDocument } from './openapi/serve.js';

export interface ApiOptions {
  /** Standard output, unless a test reads the log. */
  readonly logTo?: DestinationStream | undefined;
  /** Pages come from Next's development server. */
  readonly development?: boolean;
  /** Routes that only this kind of process has. */
  readonly extend?: (fastify: FastifyInstance) => Promise<void>;
}

/** The API and the front server before pages, ready to listen. */
export async function createApi(
  env: Env,
  { logTo, development, extend }: ApiOptions = {},
): Promise<NestFastifyApplication> {
  const logger = createLogger(env, 'api', logTo);
  const adapter = createAdapter(env);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.decorateRequest('principal', null);
  // First of all hooks: what is refused below was received as well.
  stampArrivals(fastify);
  traceRequests(fastify, env.otelEndpoint);
  addCommonHeaders(fastify);
  checkRequests(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  const front = app.get(FrontSocket);
  front.watch(fastify);
  recognizePages(fastify, front);
  await addSecurity(fastify, env.frontendUrl);
  addMethodNotAllowed(fastify);
  parseOnlyJson(fastify);
  await fastify.register(cookie);
  renewSessions(fastify, {
    tokens: app.get(TokenService),
    sessions: app.get(SessionsService),
    cookies: app.get(SessionCookies),
    frontendUrl: env.frontendUrl,
  });
  await new Pages({ ...env, development }).mount(fastify);
  logRequests(fastify, logger.pino, app.get(Metrics));
  await extend?.(fastify);
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready', 'metrics'] });
  serveDocument(app);
  mountBoard(app);
  await app.init();
  return app;
}
