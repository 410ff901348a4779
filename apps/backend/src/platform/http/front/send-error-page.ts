import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_PAGE_POLICY, type ErrorPage, errorPage } from './error-page.js';
import { pageRequest } from './page-request.js';

/** Headers that the web app's response may have set for a body that is not sent now. */
const BODY_HEADERS = ['content-length', 'content-encoding', 'etag', 'link', 'vary'];

export function sendErrorPage(request: FastifyRequest, reply: FastifyReply, kind: ErrorPage['kind']): void {
  const { language, theme } = pageRequest(request);
  for (const name of BODY_HEADERS) reply.removeHeader(name);
  reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      'content-security-policy': ERROR_PAGE_POLICY,
    })
    .send(errorPage({ kind, language, theme, ...(kind === 'failed' && { reference: request.id }) }));
}
