import { ConfigurationError } from '../config/variable.js';
import { databaseFailure } from '../errors/database-errors.js';
import { OperatorError } from '../errors/operator-error.js';

/** Errors that an operator can fix: the message is enough. By name, because some classes are in areas above this one. */
const OPERATOR_ERRORS = new Set(['UnsupportedDatabase', 'UnsupportedQueue']);

/** Runs the main function of a process. On failure it prints a sentence or a stack, and exits with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${sentenceFor(error) ?? (error as Error).stack ?? error}\n`);
    // Setting the exit code is not enough: what was opened before the failure would keep the process alive.
    process.exit(1);
  }
}

function sentenceFor(error: unknown): string | null {
  const { name, message, code, address, port } = error as Error & { code?: string; address?: string; port?: number };
  if (error instanceof ConfigurationError || error instanceof OperatorError || OPERATOR_ERRORS.has(name))
    return message;
  if (code === 'EADDRINUSE') return `Port ${port} on ${address} is used by another program.`;
  if (code === '28P01' || code === '28000') return 'PostgreSQL refuses the user or password in DATABASE_URL.';
  if (code === '3D000') return 'The database in DATABASE_URL does not exist.';
  if (databaseFailure(error) === 'unavailable')
    return `PostgreSQL at DATABASE_URL does not answer (${code ?? message}).`;
  return null;
}
