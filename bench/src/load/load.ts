import type { Person } from '../../../tools/src/testing/fixtures.js';
import { HttpConnection, resultOf } from '../../../tools/src/testing/http-connection.js';
import { getRequest, registerRequest } from '../../../tools/src/testing/http-requests.js';

/** What the load generator sends. */
export interface LoadPlan {
  readonly url: string;
  readonly connections: number;
  readonly forMs: number;
  /** Requests per second, sent on schedule even if earlier ones are pending. Omitted: as fast as possible. */
  readonly rate?: number;
  readonly what:
    | { readonly kind: 'register'; readonly competitionIds: readonly string[]; readonly people: readonly Person[] }
    | { readonly kind: 'get'; readonly paths: readonly string[] }
    | { readonly kind: 'raw'; readonly requests: readonly string[] }
    /** Each request is sent once. After the last one, the load ends. */
    | { readonly kind: 'once'; readonly requests: readonly string[] };
}

export interface LoadResult {
  readonly perSecond: number;
  /** How many responses had which result: an error code, a status, or `broken`. */
  readonly counts: Record<string, number>;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Requests that failed although no rule of the product rejects them. */
export const countUnexpectedFailures = ({ counts }: LoadResult): number =>
  Object.entries(counts)
    .filter(([name]) =>
      /^(5\d\d|BUSY|UNAVAILABLE|INTERNAL|IDEMPOTENCY_IN_PROGRESS|TOO_MANY_REQUESTS|broken)$/.test(name),
    )
    .reduce((sum, [, n]) => sum + n, 0);

type Send = (connection: HttpConnection, request: string, sentAt: number) => Promise<void>;

export async function run(plan: LoadPlan): Promise<LoadResult> {
  const next = requestsOf(plan);
  const counts: Record<string, number> = {};
  const latencies: number[] = [];
  const connections = Array.from({ length: plan.connections }, () => new HttpConnection(plan.url));

  const start = performance.now();
  const end = start + plan.forMs;
  const send: Send = async (connection, request, sentAt) => {
    const result = await connection.send(request).then(resultOf, () => 'broken');
    latencies.push(performance.now() - sentAt);
    counts[result] = (counts[result] ?? 0) + 1;
  };
  if (plan.rate === undefined)
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < end) {
          const request = next();
          if (request === undefined) return;
          await send(connection, request, performance.now());
        }
      }),
    );
  else await sendAtRate(plan.rate, end, connections, next, send);
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return summarize(latencies, seconds, counts);
}

export function summarize(latencies: number[], seconds: number, counts: Record<string, number>): LoadResult {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / seconds, counts, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/**
 * Open-loop load: each request has a scheduled time, and its latency counts from that time even if it had to wait for a
 * free connection. Otherwise a server that stalls for a second would get fewer requests (coordinated omission).
 */
async function sendAtRate(
  rate: number,
  end: number,
  connections: HttpConnection[],
  next: () => string | undefined,
  send: Send,
): Promise<void> {
  const free = [...connections];
  const due: number[] = [];
  const start = performance.now();
  let scheduled = 0;
  let pending = 0;
  await new Promise<void>((resolve, reject) => {
    const pump = () => {
      const now = performance.now();
      for (; scheduled < ((Math.min(now, end) - start) / 1000) * rate; scheduled++)
        due.push(start + (scheduled / rate) * 1000);
      while (due.length > 0 && free.length > 0) {
        const request = next();
        if (request === undefined) break;
        const connection = free.pop() as HttpConnection;
        pending++;
        send(connection, request, due.shift() as number)
          .then(() => {
            pending--;
            free.push(connection);
          })
          .catch(reject);
      }
      if (now >= end && pending === 0) resolve();
      else setTimeout(pump, 1);
    };
    pump();
  });
}

function requestsOf({ what }: LoadPlan): () => string | undefined {
  let n = 0;
  if (what.kind === 'once') return () => what.requests[n++];
  if (what.kind !== 'register') {
    const requests = what.kind === 'raw' ? what.requests : what.paths.map((path) => getRequest(path));
    return () => requests[n++ % requests.length];
  }
  const { competitionIds, people } = what;
  const run = crypto.randomUUID();
  return () => {
    const i = n++;
    const person = people[i];
    if (person === undefined) return undefined;
    return registerRequest(competitionIds[i % competitionIds.length] as string, person, `${run}-${i}`);
  };
}
