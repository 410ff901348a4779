import { ConfigurationError } from '../config/variable.js';
import { databaseFailure } from '../errors/database-errors.js';

/** Errors whose message says what to do. */
const FOR_PEOPLE = new Set(['UnfitDatabase', 'UnfitQueue', 'OperatorError']);

/** Runs a process's main function: what a person can mend is a sentence, the rest is a stack; both end with 1. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${sentenceFor(error) ?? (error as Error).stack ?? error}\n`);
    // Not only the exit code: what was opened before the failure would keep the process alive.
    process.exit(1);
  }
}

function sentenceFor(error: unknown): string | null {
  const { name, message, code, address, port } = error as Error & { code?: string; address?: string; port?: number };
  if (error instanceof ConfigurationError || FOR_PEOPLE.has(name)) return message;
  if (code === 'EADDRINUSE') return `Port ${port} on ${address} is taken by another program.`;
  if (code === '28P01' || code === '28000') return 'PostgreSQL refuses the user or password in DATABASE_URL.';
  if (code === '3D000') return 'The database that DATABASE_URL names does not exist.';
  if (databaseFailure(error) === 'unavailable')
    return `PostgreSQL, as DATABASE_URL names it, does not answer (${code ?? message}).`;
  return null;
}
