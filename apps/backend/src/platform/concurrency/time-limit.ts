import { DomainError } from '../errors/domain-error.js';

/** From the arrival of a request to its response, as for registering. A coalesced read must not keep its callers longer. */
export const READ_BUDGET_MS = 2_900;

/** Rejects with BUSY when the time is up; never for `Infinity`. The work continues, but nobody waits for it any more. */
export async function withTimeLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  if (limitMs === Number.POSITIVE_INFINITY) return work;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DomainError('BUSY', { retryAfterSeconds: 1 })), limitMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
