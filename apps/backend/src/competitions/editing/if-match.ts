import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';

/** Whether a version is one of those that the client means to change. */
export type ExpectedVersion = (version: number) => boolean;

/** Proxies that compress make a tag weak (`W/"3"`); it is the same version all the same. */
export function parseIfMatch(header: string | undefined): ExpectedVersion {
  if (header === undefined || header.trim() === '') throw new DomainError('VERSION_REQUIRED');
  const tags = header.split(',').map((tag) => tag.trim().replace(/^(?:W\/)?"?([^"]*)"?$/, '$1'));
  return (version) => tags.includes('*') || tags.includes(String(version));
}

/** The request's `If-Match`; without it nothing is changed. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): ExpectedVersion =>
    parseIfMatch(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);
