import type { Person } from '../house/world.js';
import { type Answer, Connection } from './connection.js';
import { getRequest, registerRequest } from './requests.js';

/** What the load process is told to do. */
export interface Plan {
  readonly url: string;
  readonly connections: number;
  readonly forMs: number;
  /** Requests per second, sent whether or not earlier ones are answered; left out: each connection as fast as it can. */
  readonly rate?: number;
  readonly what:
    | { readonly kind: 'register'; readonly competitionIds: readonly string[]; readonly people: readonly Person[] }
    | { readonly kind: 'get'; readonly paths: readonly string[] }
    | { readonly kind: 'raw'; readonly requests: readonly string[] }
    /** Each of them sent once; when all are used up, the load ends. */
    | { readonly kind: 'once'; readonly requests: readonly string[] };
}

export interface Outcome {
  readonly perSecond: number;
  readonly answers: Record<string, number>;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Refused for no reason that the rulebook knows. */
export const refusedWithoutReason = ({ answers }: Outcome): number =>
  Object.entries(answers)
    .filter(([name]) =>
      /^(5\d\d|BUSY|UNAVAILABLE|INTERNAL|IDEMPOTENCY_IN_PROGRESS|TOO_MANY_REQUESTS|broken)$/.test(name),
    )
    .reduce((sum, [, n]) => sum + n, 0);

/** Runs in a process of its own. */
export async function run(plan: Plan): Promise<Outcome> {
  const { hostname, port } = new URL(plan.url);
  const next = requestsOf(plan);
  const answers: Record<string, number> = {};
  const latencies: number[] = [];
  const connections = Array.from({ length: plan.connections }, () => new Connection(hostname, Number(port)));

  const start = performance.now();
  const end = start + plan.forMs;
  const ask = async (connection: Connection, request: string, since: number) => {
    const name = await connection.send(request).then(nameOf, () => 'broken');
    latencies.push(performance.now() - since);
    answers[name] = (answers[name] ?? 0) + 1;
  };
  if (plan.rate === undefined)
    await Promise.all(
      connections.map(async (connection) => {
        while (performance.now() < end) {
          const request = next();
          if (request === undefined) return;
          await ask(connection, request, performance.now());
        }
      }),
    );
  else await paced(plan.rate, end, connections, next, ask);
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();

  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / seconds, answers, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/**
 * Each request has its moment, and its latency counts from that moment, also when it had to wait for a free connection:
 * a server that stands still for a second must not thereby be asked less.
 */
async function paced(
  rate: number,
  end: number,
  connections: Connection[],
  next: () => string | undefined,
  ask: (connection: Connection, request: string, since: number) => Promise<void>,
): Promise<void> {
  const free = [...connections];
  const due: number[] = [];
  const start = performance.now();
  let planned = 0;
  let under = 0;
  await new Promise<void>((resolve) => {
    const pump = () => {
      const now = performance.now();
      for (; planned < ((Math.min(now, end) - start) / 1000) * rate; planned++)
        due.push(start + (planned / rate) * 1000);
      while (due.length > 0 && free.length > 0) {
        const request = next();
        if (request === undefined) break;
        const connection = free.pop() as Connection;
        under++;
        void ask(connection, request, due.shift() as number).then(() => {
          under--;
          free.push(connection);
        });
      }
      if (now >= end && under === 0) resolve();
      else setTimeout(pump, 1);
    };
    pump();
  });
}

function requestsOf({ what }: Plan): () => string | undefined {
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

function nameOf({ status, body }: Answer): string {
  return status < 400 ? String(status) : (/"code":"(\w+)"/.exec(body)?.[1] ?? String(status));
}
