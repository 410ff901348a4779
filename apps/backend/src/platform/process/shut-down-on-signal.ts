import type { Server } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';

/** A requirement from outside: within ten seconds. */
const PATIENCE_MS = 8_000;
const SWEEP_MS = 50;

/**
 * SIGTERM and SIGINT: not ready, no new connections, what is in flight is finished, pools are closed,
 * exit 0. Who keeps a connection open beyond the patience is cut off.
 */
export function shutDownOnSignal(app: INestApplicationContext & { getHttpServer?(): unknown }): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    const server = app.getHttpServer?.() as Server | undefined;
    // A connection that was busy when the closing began turns idle after it, and nobody else would close it.
    // Not before: what the front server still waits for is asked for on them.
    const sweep = setInterval(() => {
      if (server?.listening === false) server.closeIdleConnections();
    }, SWEEP_MS);
    const cut = setTimeout(() => server?.closeAllConnections(), PATIENCE_MS);
    const giveUp = setTimeout(() => process.exit(1), PATIENCE_MS + 1_500);
    try {
      await app.close();
      process.exitCode = 0;
    } catch (error) {
      process.stderr.write(`${(error as Error).stack}\n`);
      process.exitCode = 1;
    } finally {
      clearInterval(sweep);
      clearTimeout(cut);
      clearTimeout(giveUp);
    }
    // Something of a library may still hold the event loop; all that matters is done.
    process.exit();
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
}
