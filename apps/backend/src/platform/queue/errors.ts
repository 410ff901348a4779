import { databaseFailure } from '../errors/database-errors.js';

/** A retry cannot help: an invalid address, a permanent refusal. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** A service that the job needs did not respond. This does not count as an attempt: the queue pauses and retries. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(service: string, cause: unknown) {
    super(`${service} cannot be reached: ${messageOf(cause)}`, { cause });
  }
}

/** The configuration of the queue may lose jobs. `runMain` prints the message without a stack. */
export class UnsupportedQueue extends Error {
  override readonly name = 'UnsupportedQueue';
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || (error as { code?: string }).code || error.name : String(error);

/** After this many starts, a job that fails by contention spends attempts: it may itself be the cause. */
const MAX_CONTENTION_STARTS = 10;

/** What an error of a handler means for its job. */
export function classifyFailure(error: unknown, starts: number): 'unreachable' | 'permanent' | 'attempt' {
  if (error instanceof PermanentFailure) return 'permanent';
  const failure = error instanceof Unreachable ? 'unavailable' : databaseFailure(error);
  if (failure === 'contention') return starts > MAX_CONTENTION_STARTS ? 'attempt' : 'unreachable';
  return failure === 'unavailable' ? 'unreachable' : 'attempt';
}
