import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { Postgres } from '../../../tools/src/testing/postgres.js';
import { migrate } from '../src/platform/database/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    templateDatabase: string;
  }
}

const TEMPLATE = 'mini_compete_template';

interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** On the global object, because each project evaluates this module, and the engine of the migrations runs once at a time. */
const shared = globalThis as { testServer?: Promise<TestServer> };

/**
 * One PostgreSQL server per run with one migrated template database, which each test file clones. The projects of the
 * backend share it.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const isFirst = shared.testServer === undefined;
  shared.testServer ??= prepareServer();
  const { url, stop } = await shared.testServer;
  project.provide('postgresUrl', url);
  project.provide('templateDatabase', TEMPLATE);
  return isFirst ? stop : undefined;
}

async function prepareServer(): Promise<TestServer> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
  return server;
}

async function startPostgres(): Promise<TestServer> {
  // `npm test` has started a server already.
  const { TEST_POSTGRES_URL } = process.env;
  if (TEST_POSTGRES_URL) return { url: TEST_POSTGRES_URL, stop: async () => {} };
  const postgres = await Postgres.start({
    max_connections: '400',
    // Tests do not simulate power failures. synchronous_commit stays on, because the product requires it.
    fsync: 'off',
    full_page_writes: 'off',
    autovacuum_naptime: '5s',
    // Not that of the product's sessions, so that one that does not set its own fails a test.
    timezone: 'Asia/Kolkata',
  });
  return { url: postgres.url('postgres'), stop: () => postgres.stop() };
}
