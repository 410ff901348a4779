import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '../../src/platform/config/env.js';
import { createWorker } from '../../src/worker.js';
import { testEnv } from './api.js';

/** A cron expression for February 29: a scheduled run in the middle of a test would change its results. */
export const NEVER = '0 0 29 2 *';

export async function startWorker(
  overrides: Partial<Env> & Pick<Env, 'databaseUrl'>,
): Promise<{ app: NestFastifyApplication; close(): Promise<void> }> {
  const app = await createWorker(testEnv(overrides));
  return { app, close: () => app.close() };
}
