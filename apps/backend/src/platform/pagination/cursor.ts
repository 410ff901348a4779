import { z } from 'zod';
import { DomainError } from '../errors/domain-error.js';

/** The position where a page ended. Opaque to clients, validated when it comes back. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'cursor', key: 'rule.cursor' }] });
  }
}
