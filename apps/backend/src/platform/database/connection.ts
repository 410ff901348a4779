import pg from 'pg';

/** What every session of the product sets for itself, whatever the server, the role or the database has. */
const SESSION_SETTINGS = {
  // Prisma sends instants without a zone, and `date_trunc` and `current_date` follow this setting: with another one,
  // stored deadlines are off by the offset.
  TimeZone: 'UTC',
};

/** `databaseUrl` with settings of the session in its `options`, behind those that it has already: the last one counts. */
export function withSessionSettings(databaseUrl: string, settings: Readonly<Record<string, string>> = {}): string {
  const url = new URL(databaseUrl);
  const options = Object.entries({ ...settings, ...SESSION_SETTINGS }).map(([name, value]) => `-c ${name}=${value}`);
  const own = url.searchParams.get('options');
  url.searchParams.set('options', [...(own ? [own] : []), ...options].join(' '));
  return url.href;
}

/** The first keep-alive probe, then one a second: a host that lost power is noticed by idle connections too. */
export const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 5_000 } as const;

/** For commands. Their statements may take long, so only a server that is silent ends them. */
export const COMMAND_CONNECTION = { ...KEEP_ALIVE, connectionTimeoutMillis: 10_000 } as const;

/** A query with a time limit of its own, which pg supports and its types lack. */
export interface TimedQuery extends pg.QueryConfig {
  readonly query_timeout: number;
}

type MaybeTimedQuery = pg.QueryConfig & { readonly query_timeout?: number };

const CLOSE_TIMEOUT_MS = 1_000;
/** The message of pg's own error, which has no code. */
const QUERY_TIMEOUT = 'Query read timeout';

// biome-ignore lint/suspicious/noExplicitAny: pg passes on whatever the server has sent
type Callback = (error: Error | null, result?: any) => void;

/**
 * A client whose connection ends when a query gets no answer within `query_timeout`. pg only reports the error and keeps
 * waiting, so all later queries would wait behind this one, and a pool would hand the connection out again.
 *
 * Queries get their callback and their timeout here, because pg replaces the callback of a query for its own timeout and
 * for a promise. V8 then keeps the rows of each query until the next full garbage collection.
 */
export class DatabaseClient extends pg.Client {
  private readonly queryTimeoutMs: number;

  constructor(config: pg.ClientConfig = {}) {
    super({ ...config, query_timeout: undefined });
    this.queryTimeoutMs = config.query_timeout ?? 0;
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg declares an overload for each kind of argument
  override query(query: any, ...rest: any[]): any {
    const callback = rest.at(-1);
    const values = Array.isArray(rest[0]) ? rest[0] : undefined;
    if (typeof callback === 'function') return this.queryInTime(query, values, callback);
    return new Promise((resolve, reject) => {
      this.queryInTime(query, values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }

  private queryInTime(query: string | MaybeTimedQuery, values: unknown[] | undefined, callback: Callback): void {
    const { query_timeout = this.queryTimeoutMs, ...config }: MaybeTimedQuery =
      typeof query === 'string' ? { text: query } : query;
    if (values !== undefined) config.values = values;
    let isAnswered = false;
    const answer: Callback = (error, result) => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(timer);
      callback(error, result);
    };
    const timer = query_timeout > 0 ? setTimeout(() => this.giveUp(answer), query_timeout) : undefined;
    super.query(config, answer);
  }

  private giveUp(answer: Callback): void {
    this.disconnect();
    answer(new Error(QUERY_TIMEOUT));
  }

  /** At once: `end` waits for the server to close the connection too, which a host without power never does. */
  disconnect(): void {
    this.connection.stream.destroy();
  }

  /** Like `end`, but waits only a moment for the server. */
  async close(): Promise<void> {
    const timer = setTimeout(() => this.disconnect(), CLOSE_TIMEOUT_MS);
    await this.end().catch(() => {}); // a connection that has failed is closed as well
    clearTimeout(timer);
  }
}
