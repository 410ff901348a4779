import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import { ensureSessionActive } from '../../accounts/sessions/active-session.js';
import { principalOf } from '../../accounts/sessions/auth.guard.js';
import { TokenService } from '../../accounts/sessions/token.service.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { SAFE_METHODS } from '../../platform/http/access/route-policy.js';
import { sendProblem, toDomainError } from '../../platform/http/problem.js';
import { BACKEND, type QueueBackend } from '../../platform/queue/backend.js';
import { messageOf } from '../../platform/queue/errors.js';

const PATH = '/api/admin/board';
/** Bull Board's page loads fonts from another host; they stay blocked. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'";

const logger = new Logger('Board');

/**
 * Bull Board, for an admin who wants to inspect the queues on Redis. Read-only: changes go through the console, which
 * makes them in the outbox and writes an audit entry.
 */
export function mountBoard(app: NestFastifyApplication): void {
  const backend = app.get<QueueBackend>(BACKEND, { strict: false });
  if (backend.kind !== 'redis') return;
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PATH);
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Mini Compete' } },
  });
  // Passes errors on to the error handler of the surrounding scope.
  adapter.setErrorHandler((error) => {
    throw error;
  });

  const tokens = app.get(TokenService, { strict: false });
  const pool = app.get<pg.Pool>(POOL, { strict: false });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  void fastify.register(async (scope) => {
    // Nest's guards and filters do not apply to routes of other plugins.
    scope.addHook('onRequest', async (request, reply) => {
      await ensureAdminReads(request, tokens, pool);
      await backend.prepare();
      board.setQueues(backend.bullBoardQueues().map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })));
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    });
    scope.setErrorHandler((thrown, request, reply) => {
      if (thrown instanceof DomainError) return sendProblem(reply, thrown, request.id);
      logger.warn({ msg: 'Bull Board could not answer', requestId: request.id, reason: messageOf(thrown) });
      return sendProblem(reply, new DomainError('UNAVAILABLE', { detail: { key: 'jobBoardNeedsRedis' } }), request.id);
    });
    await scope.register(adapter.registerPlugin(), { prefix: PATH });
  });
}

async function ensureAdminReads(request: FastifyRequest, tokens: TokenService, pool: pg.Pool): Promise<void> {
  const principal = principalOf(request, tokens);
  if (principal === null) throw new DomainError('UNAUTHENTICATED');
  const { role } = await ensureSessionActive(pool, principal).catch((error) => {
    throw toDomainError(error);
  });
  if (role !== 'ADMIN') throw new DomainError('FORBIDDEN');
  if (!SAFE_METHODS.has(request.method)) throw new DomainError('METHOD_NOT_ALLOWED');
}
