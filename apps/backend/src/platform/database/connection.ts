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

const CLOSE_TIMEOUT_MS = 1_000;
/** The message of pg's error, which has no code. */
const QUERY_TIMEOUT = 'Query read timeout';

/**
 * A client whose connection ends when a query gets no answer within `query_timeout`. pg only reports the error and keeps
 * waiting, so all later queries would wait behind this one, and a pool would hand the connection out again.
 */
export class DatabaseClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares an overload for each kind of argument
  override query(...args: any[]): any {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const disconnectFirst = (error: unknown, result: unknown) => {
        this.disconnectAfterTimeout(error);
        callback(error, result);
      };
      return super.query(...(args.with(-1, disconnectFirst) as Parameters<pg.Client['query']>));
    }
    const result: unknown = super.query(...(args as Parameters<pg.Client['query']>));
    if (result instanceof Promise) result.catch((error) => this.disconnectAfterTimeout(error));
    return result;
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

  private disconnectAfterTimeout(error: unknown): void {
    if ((error as Error | null)?.message === QUERY_TIMEOUT) this.disconnect();
  }
}
