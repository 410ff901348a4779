import { IDEMPOTENCY_HEADER, IdempotencyKey } from '@mini-compete/shared/registrations';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

const HEADER = IDEMPOTENCY_HEADER.toLowerCase();

/**
 * Validates the key and removes one pair of quotes around it. Two headers arrive joined by a comma and a space, which
 * are not valid in a key.
 */
export function parseKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = String(header);
  const key = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  if (!IdempotencyKey.safeParse(key).success) throw new DomainError('IDEMPOTENCY_KEY_INVALID');
  return key;
}

/** The request's `Idempotency-Key`, or null when it has none. */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): string | null =>
  parseKey(context.switchToHttp().getRequest<FastifyRequest>().headers[HEADER]),
);
