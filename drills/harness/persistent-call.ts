import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../tools/src/testing/fixtures.js';
import type { ProductProcess } from '../../tools/src/testing/product-process.js';

export interface Reply {
  readonly status: number;
  readonly body: { readonly code?: string };
}

const RETRYABLE = new Set([429, 503]);

/**
 * Calls with retries, with the same key, until the response is final, at another process if one was killed. Responses that
 * no route declares are added to `failures`.
 */
export const persistentCall =
  (apis: readonly ProductProcess[], failures: string[]) =>
  async (person: Person, method: string, path: string, body: object = {}): Promise<Reply> => {
    const key = crypto.randomUUID();
    for (let n = Math.floor(Math.random() * apis.length); ; n++) {
      const { url } = apis[n % apis.length] as ProductProcess;
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${person.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response !== undefined && text !== undefined) {
        const reply = { status: response.status, body: JSON.parse(text || '{}') };
        if (reply.status >= 500 && reply.status !== 503) failures.push(`${method} ${path}: ${text}`);
        if (!RETRYABLE.has(reply.status) && reply.body.code !== 'IDEMPOTENCY_IN_PROGRESS') return reply;
      }
      await sleep(50 + Math.random() * 100);
    }
  };
