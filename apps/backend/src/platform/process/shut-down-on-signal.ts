import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';

/** Docker and Kubernetes kill a process soon after the signal: the whole shutdown has to take less than ten seconds. */
const GRACE_PERIOD_MS = 8_000;
const SWEEP_INTERVAL_MS = 50;
/** Longer than the API itself needs for it (see `FrontSocket`). */
const LINGER_MS = 2_000;

/**
 * Graceful shutdown on SIGTERM and SIGINT: the process becomes not ready, takes no new connections, finishes pending
 * requests, closes its pools and exits with 0. Connections that are still open after the grace period are closed.
 */
export function shutDownOnSignal(app: INestApplicationContext & { getHttpServer?(): unknown }): void {
  let isShuttingDown = false;
  const shutDown = async (): Promise<void> => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    const server = app.getHttpServer?.() as Server | undefined;
    // A connection that becomes idle only after the server was closed would stay open. Not before the server is closed: pages
    // that the front server still waits for use these connections. Nor at once: their clients may just be sending a request.
    let closedAt: number | null = null;
    const sweeper = setInterval(() => {
      if (server?.listening !== false) return;
      closedAt ??= performance.now();
      if (performance.now() - closedAt > LINGER_MS) server.closeIdleConnections();
    }, SWEEP_INTERVAL_MS);
    const closeTimer = setTimeout(() => server?.closeAllConnections(), GRACE_PERIOD_MS);
    const exitTimer = setTimeout(() => process.exit(1), GRACE_PERIOD_MS + 1_500);
    try {
      await app.close();
      process.exitCode = 0;
    } catch (error) {
      process.stderr.write(`${(error as Error).stack}\n`);
      process.exitCode = 1;
    } finally {
      clearInterval(sweeper);
      clearTimeout(closeTimer);
      clearTimeout(exitTimer);
    }
    // A library may still keep the event loop alive.
    process.exit();
  };
  // `shutDown` never rejects.
  process.on('SIGTERM', () => void shutDown());
  process.on('SIGINT', () => void shutDown());
}
