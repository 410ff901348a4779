import 'reflect-metadata';
import cookie from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream } from 'pino';
import { renewSessions } from './accounts/sessions/renew-sessions.hook.js';
import { SessionCookies } from './accounts/sessions/session-cookies.js';
import { SessionsService } from './accounts/sessions/sessions.service.js';
import { TokenService } from './accounts/sessions/token.service.js';
import { ApiModule } from './api.module.js';
import { connectionsOfApi } from './connections.js';
import { mountBoard } from './operations/console/board.js';
import type { Env } from './platform/config/env.js';
import { DatabaseWarnings } from './platform/health/database-warnings.js';
import { limitSearches } from './platform/http/access/limit-searches.js';
import { stampArrivals } from './platform/http/arrival.js';
import { parseOnlyJson } from './platform/http/body-parser.js';
import { createAdapter } from './platform/http/fastify.js';
import { FrontSocket } from './platform/http/front/front-socket.js';
import { Pages, recognizePages } from './platform/http/front/pages.js';
import { addCommonHeaders, addMethodNotAllowed } from './platform/http/hooks.js';
import { refuseWrites } from './platform/http/refuse-writes.js';
import { checkRequests } from './platform/http/request-checks.js';
import { logRequests } from './platform/http/request-log.js';
import { addSecurity } from './platform/http/security.js';
import { serveSecurityTxt } from './platform/http/security-txt.js';
import { createLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.js';
import { serveDocument } from './platform/openapi/document.js';
import { Clock } from './platform/time/clock.js';
import { traceRequests } from './platform/tracing/trace-requests.js';
import { ROUTE_DOCS } from './route-docs.js';

export interface ApiOptions {
  /** Standard output, unless a test reads the log. */
  readonly logTo?: DestinationStream | undefined;
  /** Pages come from Next's development server. */
  readonly development?: boolean;
  /** Adds the routes of the development server. */
  readonly extend?: (fastify: FastifyInstance) => Promise<void>;
}

/** Creates the API process with the front server, ready to listen. */
export async function createApi(
  env: Env,
  { logTo, development, extend }: ApiOptions = {},
): Promise<NestFastifyApplication> {
  const logger = createLogger(env, 'api', logTo);
  const adapter = createAdapter(env);
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.decorateRequest('principal', null);
  // Before all other hooks, because they may refuse the request.
  stampArrivals(fastify);
  traceRequests(fastify, env.otelEndpoint);
  addCommonHeaders(fastify);
  checkRequests(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(env), adapter, {
    logger,
    bodyParser: false,
    abortOnError: false,
  });
  app.get(Metrics).connectionLimit(connectionsOfApi(env));
  const front = app.get(FrontSocket);
  front.watch(fastify);
  recognizePages(fastify, front);
  await addSecurity(fastify, env.frontendUrl);
  const warnings = app.get(DatabaseWarnings);
  refuseWrites(fastify, () => warnings.commitsWait);
  addMethodNotAllowed(fastify);
  if (env.rateLimits) limitSearches(fastify, app.get(Clock));
  parseOnlyJson(fastify);
  await fastify.register(cookie);
  renewSessions(fastify, {
    tokens: app.get(TokenService),
    sessions: app.get(SessionsService),
    mayWrite: () => !warnings.commitsWait,
    cookies: app.get(SessionCookies),
    frontendUrl: env.frontendUrl,
  });
  serveSecurityTxt(fastify, env, app.get(Clock));
  await new Pages({ ...env, development }).mount(fastify);
  logRequests(fastify, logger.pino, app.get(Metrics));
  await extend?.(fastify);
  app.setGlobalPrefix('api', { exclude: ['health/live', 'health/ready', 'metrics'] });
  serveDocument(app, ROUTE_DOCS);
  mountBoard(app);
  await app.init();
  return app;
}
