import { setTimeout as sleep } from 'node:timers/promises';
import type { Person } from '../../tools/src/testing/fixtures.js';
import { HttpConnection } from '../../tools/src/testing/http-connection.js';
import { registerRequest } from '../../tools/src/testing/http-requests.js';
import type { ProductProcess } from '../../tools/src/testing/product-process.js';
import { type Attempt, type History, resultOf } from './history.js';

export interface RegistrationRequest {
  readonly person: Person;
  readonly competitionId: string;
  readonly key: string;
  readonly body?: string;
}

type Server = Pick<ProductProcess, 'url'>;

const RETRY_TIMEOUT_MS = 60_000;
const RETRYABLE = new Set(['unknown', 'BUSY', 'UNAVAILABLE', 'IDEMPOTENCY_IN_PROGRESS']);

/** A well-behaved client: it retries with the same idempotency key until the result is known. */
export class Client {
  private readonly connections: HttpConnection[];

  /** With several servers, the client fails over to the next one when a connection breaks. */
  constructor(
    servers: readonly Server[],
    private readonly history: History,
    private current = 0,
  ) {
    this.connections = servers.map(({ url }) => new HttpConnection(url));
  }

  /** Sends the request once. */
  async send({ person, competitionId, key, body }: RegistrationRequest): Promise<Attempt> {
    const connection = this.connections[this.current % this.connections.length] as HttpConnection;
    const request = { person, competitionId, key, sentAt: Date.now() };
    try {
      const response = await connection.send(registerRequest(competitionId, person, key, body));
      return this.history.add({ ...request, ...response, receivedAt: Date.now() });
    } catch {
      this.current++;
      return this.history.add({ ...request, status: 'unknown', head: '', body: '', receivedAt: Date.now() });
    }
  }

  async sendWithRetries(request: RegistrationRequest): Promise<Attempt> {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    for (;;) {
      const attempt = await this.send(request);
      if (!RETRYABLE.has(resultOf(attempt)) || performance.now() > deadline) return attempt;
      await sleep(20 + Math.random() * 80);
    }
  }

  close(): void {
    for (const connection of this.connections) connection.close();
  }
}

/** Sends all requests over this many clients, each of which sends one request at a time. */
export async function sendAll(
  requests: readonly RegistrationRequest[],
  servers: readonly Server[],
  history: History,
  clients = 32,
): Promise<void> {
  const queue = requests.values();
  await Promise.all(
    Array.from({ length: clients }, async (_, i) => {
      const client = new Client(servers, history, i);
      for (const request of queue) await client.sendWithRetries(request);
      client.close();
    }),
  );
}

/** One request per person, each with a different idempotency key. */
export const requestsFor = (people: readonly Person[], competitionId: string): RegistrationRequest[] =>
  people.map((person) => ({ person, competitionId, key: crypto.randomUUID() }));
