/** What has to be equal for a second request to be a retry of the first one. */
export interface IdempotentRequest {
  readonly userId: string;
  readonly sessionId: string;
  readonly key: string | null;
  readonly fingerprint: Buffer;
}

interface RunningRequest<Result> {
  readonly request: IdempotentRequest;
  readonly result: Promise<Result>;
}

/**
 * Request coalescing for one operation in this process. A retry that arrives while the first request is still running
 * gets the same result. A different request with the same key waits until the first one is done, because an admission
 * batch must not hold two requests with one key.
 */
export class InFlight<Result> {
  private readonly running = new Map<string, RunningRequest<Result>>();

  async run(
    request: IdempotentRequest,
    execute: () => Promise<Result>,
  ): Promise<{ result: Result; coalesced: boolean }> {
    if (request.key === null) return { result: await execute(), coalesced: false };
    const scope = `${request.userId} ${request.key}`;
    for (let first = this.running.get(scope); first !== undefined; first = this.running.get(scope)) {
      if (isRetry(first.request, request)) return { result: await first.result, coalesced: true };
      await first.result.catch(() => {}); // the first request reports its own failure
    }
    const result = execute().finally(() => this.running.delete(scope));
    this.running.set(scope, { request, result });
    return { result: await result, coalesced: false };
  }
}

/** The session counts: it may have ended, so another session of the same person is checked on its own. */
function isRetry(first: IdempotentRequest, second: IdempotentRequest): boolean {
  return first.sessionId === second.sessionId && first.fingerprint.equals(second.fingerprint);
}
