import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import type { DestinationStream } from 'pino';
import { createApi } from '../../src/api.js';
import { type Env, loadEnv } from '../../src/platform/config/env.js';
import { POOL } from '../../src/platform/database/pool.js';
import { PrismaService } from '../../src/platform/database/prisma.service.js';
import { FrontSocket } from '../../src/platform/http/front/front-socket.js';
import { createTestDatabase } from './database.js';

export const TEST_SECRET = 'a-secret-for-tests-that-is-long-enough-0123456789';

export interface TestApi {
  readonly url: string;
  /** The address for browsers. Pages need a web app behind it: see `startFront`. */
  readonly frontUrl: string;
  readonly env: Env;
  readonly app: NestFastifyApplication;
  readonly prisma: PrismaService;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Without rate limits, because all requests of a test come from one address. */
export function testEnv(overrides: Partial<Env> & Pick<Env, 'databaseUrl'>): Env {
  const source = {
    NODE_ENV: 'test',
    DATABASE_URL: overrides.databaseUrl,
    JWT_SECRET: TEST_SECRET,
    LOG_LEVEL: 'silent',
  };
  return { ...loadEnv(source), rateLimits: false, ...overrides };
}

/** The API on a free port. It creates its own database unless `databaseUrl` is given, for example for a second API. */
export async function startApi(overrides: Partial<Env> = {}, logTo?: DestinationStream): Promise<TestApi> {
  const database = overrides.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const env = testEnv({ ...overrides, databaseUrl: overrides.databaseUrl ?? database?.url ?? '' });
  const app = await createApi(env, { logTo });
  await app.listen(0, '127.0.0.1');
  const frontUrl = await app.get(FrontSocket).listen(app.getHttpServer(), 0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    frontUrl,
    env,
    app,
    prisma: app.get(PrismaService),
    pool: app.get<pg.Pool>(POOL),
    async close() {
      // No client is about to use them.
      app.getHttpServer().closeIdleConnections();
      await app.close();
      await database?.drop();
    },
  };
}

/** A destination for log lines, for tests of what is logged. */
export class LogBuffer implements DestinationStream {
  text = '';

  write(line: string): void {
    this.text += line;
  }
}
