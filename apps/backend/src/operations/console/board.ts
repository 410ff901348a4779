import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TokenService } from '../../accounts/sessions/token.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { credentialsOf } from '../../platform/http/access/credentials.js';
import { sendProblem } from '../../platform/http/problem.js';
import { SAFE_METHODS } from '../../platform/http/safe-methods.js';
import { BACKEND, type QueueBackend } from '../../platform/queue/backend.js';
import { messageOf } from '../../platform/queue/errors.js';
import { RedisBackend } from '../../platform/queue/redis-backend.js';
import { QUEUES } from '../../registry/jobs.js';

const PATH = '/api/admin/board';
/** Its page asks a foreign host for fonts: it does without them. */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'";

const AWAY = 'The queue does not answer.';
const logger = new Logger('Board');

/**
 * Bull Board, for an admin who wants to look inside the queues on Redis. It only shows: what the console does with a
 * job goes through the outbox and is written down, what Bull Board would do is neither.
 */
export function mountBoard(app: NestFastifyApplication): void {
  const backend = app.get<QueueBackend>(BACKEND, { strict: false });
  if (!(backend instanceof RedisBackend)) return;
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PATH);
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Mini Compete' } },
  });
  // What goes wrong is said as everywhere: by the scope around it.
  adapter.setErrorHandler((error) => {
    throw error;
  });

  const tokens = app.get(TokenService, { strict: false });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  void fastify.register(async (scope) => {
    // Nest's guards and filters do not stand before routes that are not Nest's.
    scope.addHook('onRequest', async (request, reply) => {
      ensureAdminLooks(request, tokens);
      // Not before Redis answers: a queue made while it is away remembers that for ever.
      await backend.prepare();
      board.setQueues(QUEUES.map((name) => new BullMQAdapter(backend.queue(name), { readOnlyMode: true })));
      reply.header('content-security-policy', POLICY);
    });
    scope.setErrorHandler((thrown, request, reply) => {
      if (thrown instanceof DomainError) return sendProblem(reply, thrown, request.id);
      logger.warn({ msg: 'Bull Board could not answer', requestId: request.id, reason: messageOf(thrown) });
      return sendProblem(reply, new DomainError('UNAVAILABLE', { detail: AWAY }), request.id);
    });
    await scope.register(adapter.registerPlugin(), { prefix: PATH });
  });
}

function ensureAdminLooks(request: FastifyRequest, tokens: TokenService): void {
  const credentials = credentialsOf(request);
  const principal = credentials && tokens.verify(credentials.token);
  if (principal === null) throw new DomainError('UNAUTHENTICATED');
  if (principal.role !== 'ADMIN') throw new DomainError('FORBIDDEN');
  if (!SAFE_METHODS.has(request.method)) throw new DomainError('METHOD_NOT_ALLOWED');
}
