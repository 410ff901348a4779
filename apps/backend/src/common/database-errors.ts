/** What PostgreSQL, the pool and Prisma call "not now": it heals by itself, so the client may repeat. */
const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024'],
  ...['25006', '58030'], // read only (a standby); the disk answers with an error
  ...['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections', 'SocketTimeout'],
]);
/** Class 08 connection, 53 out of disk, memory or connections, 57P the server goes down or comes up. */
const AWAY_CLASS = /^(08...|53...|57P..)$/;
/** Waited too long for a lock or a statement, or lost against another transaction. */
const CONTENDED = new Set(['55P03', '57014', '40001', '40P01', 'P2028', 'P2034', 'TransactionWriteConflict']);
/** pg gives these no code. */
const AWAY_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;

export type DatabaseTrouble = 'away' | 'contended';

/** Why the database could not do it just now, or null when the error is of another kind. */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  for (const name of namesOf(error, 0)) {
    if (CONTENDED.has(name)) return 'contended';
    if (AWAY.has(name) || AWAY_CLASS.test(name) || AWAY_MESSAGE.test(name)) return 'away';
  }
  return null;
}

/** Codes and messages along the chain of causes; Prisma keeps PostgreSQL's own code some levels down. */
function* namesOf(error: unknown, depth: number): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const { code, originalCode, kind, message, cause, errors, meta } = error as Record<string, unknown>;
  for (const name of [originalCode, code, kind, message]) if (typeof name === 'string') yield name;
  yield* namesOf(cause, depth + 1);
  if (Array.isArray(errors)) for (const one of errors) yield* namesOf(one, depth + 1);
  if (typeof meta === 'object' && meta !== null)
    yield* namesOf((meta as Record<string, unknown>).driverAdapterError, depth + 1);
}
