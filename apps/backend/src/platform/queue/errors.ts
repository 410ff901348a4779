import { databaseFailure } from '../errors/database-errors.js';

/** Trying again cannot help: a bad address, a refusal for good. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** Somebody whom the job needs did not answer. That is no attempt: the queue rests and the job is tried again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(
    readonly who: string,
    cause: unknown,
  ) {
    super(`${who} cannot be reached: ${messageOf(cause)}`, { cause });
  }
}

/** A queue on which the promises of this program do not hold; `main` shows the sentence, not a stack. */
export class UnsupportedQueue extends Error {
  override readonly name = 'UnfitQueue';
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || (error as { code?: string }).code || error.name : String(error);

/** A job that loses against others this often is itself the reason. */
const STARTS_UNTIL_BLAMED = 10;

/** What a handler threw, as the loop has to take it. */
export function classifyFailure(error: unknown, starts: number): 'unreachable' | 'permanent' | 'attempt' {
  if (error instanceof PermanentFailure) return 'permanent';
  const failure = error instanceof Unreachable ? 'unavailable' : databaseFailure(error);
  if (failure === 'contention') return starts > STARTS_UNTIL_BLAMED ? 'attempt' : 'unreachable';
  return failure === 'unavailable' ? 'unreachable' : 'attempt';
}
