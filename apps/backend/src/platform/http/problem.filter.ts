import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toDomainError } from './error-translation.js';
import { sendProblem } from './problem.js';

/** Everything that is thrown ends here: problem+json with a code, no stack, no SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toDomainError(thrown);
    if (error.status >= 500)
      this.logger.error({ msg: error.code, requestId: request.id, err: error.options.cause ?? error });
    // An answer that has begun (a stream) cannot become another one: cut it, so that the reader sees it is broken.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    for (const name of Object.keys(reply.getHeaders())) if (OF_THE_BODY.has(name)) reply.removeHeader(name);
    sendProblem(reply, error, request.id);
  }
}

/** What a handler may have said about a body that is not sent now. */
const OF_THE_BODY = new Set(['content-length', 'content-encoding', 'content-disposition', 'etag']);
