import { scrub } from './scrub.js';

/**
 * What of an error is worth a log line. Not all of it: PostgreSQL's `detail` and `where` and Prisma's
 * `meta` repeat values of rows, keys and addresses among them.
 */
export function errorForLog(error: unknown, depth = 0): unknown {
  if (typeof error === 'string') return scrub(error);
  // Made ready for the log already, or nothing that was thrown as an error.
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    name,
    message: scrub(message),
    ...(code !== undefined && { code }),
    ...(constraint !== undefined && { constraint }),
    ...(table !== undefined && { table }),
    stack: scrub(stack ?? ''),
    ...(cause !== undefined && depth < 4 && { cause: errorForLog(cause, depth + 1) }),
  };
}
