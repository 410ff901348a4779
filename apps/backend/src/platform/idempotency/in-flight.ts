/** What has to be equal for a second request to be a retry of the first one. */
export interface IdempotentRequest {
  readonly userId: string;
  readonly sessionId: string;
  readonly key: string | null;
  readonly fingerprint: Buffer;
}

interface Flight<Answer> {
  readonly request: IdempotentRequest;
  readonly answer: Promise<Answer>;
}

/**
 * Request coalescing for one operation in this process. A retry that arrives while the first request is still running
 * gets the same answer. A different request with the same key waits until the first one is done: an admission batch must
 * not hold two requests with one key.
 */
export class InFlight<Answer> {
  private readonly flights = new Map<string, Flight<Answer>>();

  async run(request: IdempotentRequest, act: () => Promise<Answer>): Promise<{ answer: Answer; joined: boolean }> {
    if (request.key === null) return { answer: await act(), joined: false };
    const scope = `${request.userId} ${request.key}`;
    for (let first = this.flights.get(scope); first !== undefined; first = this.flights.get(scope)) {
      if (isRetry(first.request, request)) return { answer: await first.answer, joined: true };
      await first.answer.catch(() => {}); // the first request reports its own failure
    }
    const answer = act().finally(() => this.flights.delete(scope));
    this.flights.set(scope, { request, answer });
    return { answer: await answer, joined: false };
  }
}

/** The session counts: it may have ended, so another session of the same person is checked on its own. */
function isRetry(first: IdempotentRequest, second: IdempotentRequest): boolean {
  return first.sessionId === second.sessionId && first.fingerprint.equals(second.fingerprint);
}
