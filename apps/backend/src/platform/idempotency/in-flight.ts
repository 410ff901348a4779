/** Who sends what under which key: what has to be the same for a second request to be the first one again. */
export interface Repeatable {
  readonly userId: string;
  readonly sessionId: string;
  readonly key: string | null;
  readonly fingerprint: Buffer;
}

interface Flight<Answer> {
  readonly request: Repeatable;
  readonly answer: Promise<Answer>;
}

/**
 * The requests with a key that this process is at work on, of one act. The same one again joins the first and hears
 * its answer. Another one under the same key waits until the first is done: two with one key are never in one batch.
 */
export class InFlight<Answer> {
  private readonly flights = new Map<string, Flight<Answer>>();

  async run(request: Repeatable, act: () => Promise<Answer>): Promise<{ answer: Answer; joined: boolean }> {
    if (request.key === null) return { answer: await act(), joined: false };
    const scope = `${request.userId} ${request.key}`;
    for (let first = this.flights.get(scope); first !== undefined; first = this.flights.get(scope)) {
      if (isSame(first.request, request)) return { answer: await first.answer, joined: true };
      await first.answer.catch(() => {}); // its own request hears of it
    }
    const answer = act().finally(() => this.flights.delete(scope));
    this.flights.set(scope, { request, answer });
    return { answer: await answer, joined: false };
  }
}

/** Another session of the same person may have ended: it is asked about on its own. */
function isSame(a: Repeatable, b: Repeatable): boolean {
  return a.sessionId === b.sessionId && a.fingerprint.equals(b.fingerprint);
}
