/** Codes of PostgreSQL, pg and Prisma for a database that is temporarily unavailable, so clients may retry. */
const UNAVAILABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024'],
  ...['25006', '58030'], // read-only (a standby); I/O error
  ...['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections', 'SocketTimeout'],
]);
/** Class 08: connection. 53: out of disk, memory or connections. 57P: the server shuts down or starts. */
const UNAVAILABLE_CLASS = /^(08...|53...|57P..)$/;
/** Errors of pg without a code. A read timeout: the server or the network was silent, see `platform/database/pool.ts`. */
const UNAVAILABLE_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after)/;
/** A timeout on a lock or statement, a deadlock, a serialization failure. */
const CONTENTION = new Set(['55P03', '57014', '40001', '40P01', 'P2028', 'P2034', 'TransactionWriteConflict']);

export type DatabaseFailure = 'unavailable' | 'contention';

/** The kind of a transient database error, or null when the error is not transient. */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  for (const name of namesOf(error, 0)) {
    if (CONTENTION.has(name)) return 'contention';
    if (UNAVAILABLE.has(name) || UNAVAILABLE_CLASS.test(name) || UNAVAILABLE_MESSAGE.test(name)) return 'unavailable';
  }
  return null;
}

const DISK_FULL = '53100';

export const isDiskFull = (error: unknown): boolean => [...namesOf(error, 0)].includes(DISK_FULL);

/** Codes and messages along the chain of causes: Prisma keeps PostgreSQL's code several levels down. */
function* namesOf(error: unknown, depth: number): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const { code, originalCode, kind, message, cause, errors, meta } = error as Record<string, unknown>;
  for (const name of [originalCode, code, kind, message]) if (typeof name === 'string') yield name;
  yield* namesOf(cause, depth + 1);
  if (Array.isArray(errors)) for (const inner of errors) yield* namesOf(inner, depth + 1);
  if (typeof meta === 'object' && meta !== null)
    yield* namesOf((meta as Record<string, unknown>).driverAdapterError, depth + 1);
}

interface UniqueViolation {
  readonly code?: unknown;
  /** Set by pg. */
  readonly constraint?: unknown;
  /** Set by Prisma. */
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { readonly constraint?: { index?: string } } } };
}

/** Whether a unique constraint was violated; `constraint` is the name of that constraint or unique index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: name, meta } = (error ?? {}) as UniqueViolation;
  if (code !== '23505' && code !== 'P2002') return false;
  return constraint === undefined || (name ?? meta?.driverAdapterError?.cause?.constraint?.index) === constraint;
}
