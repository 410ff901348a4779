import { Logger } from '@nestjs/common';

/** Prometheus gives up a scrape after ten seconds, and a PostgreSQL that hangs closes no connection. */
const TIMEOUT_MS = 3_000;

const logger = new Logger('Metrics');

/**
 * What a collector reads from the database, or null when it cannot. A collector that throws fails the whole scrape: the
 * metrics of this process would be missing while its database is unavailable, when they are needed most.
 */
export async function readForMetrics<Result>(what: string, read: () => Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([read(), timeout]);
  } catch (error) {
    const { message, code } = error as { message?: string; code?: string };
    logger.warn({ msg: 'Metrics are left out of a scrape', what, reason: message || code });
    return null;
  } finally {
    clearTimeout(timer);
  }
}
