import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';

/** Whether the request may change this version. */
export type ExpectedVersion = (version: number) => boolean;

/** Accepts weak tags (`W/"3"`): proxies that compress responses make tags weak. */
export function parseIfMatch(header: string | undefined): ExpectedVersion {
  if (header === undefined || header.trim() === '') throw new DomainError('VERSION_REQUIRED');
  const tags = header.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"?([^"]*)"?$/, '$1'));
  return (version) => tags.includes('*') || tags.includes(String(version));
}

/** The `If-Match` header. A request without it is refused, since it could overwrite changes that its sender has not seen. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersion =>
    parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
