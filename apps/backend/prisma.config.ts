import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Without this the CLI downloads a native engine. Windows cannot execute a script and still uses the native one.
if (process.platform !== 'win32')
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./prisma/schema-engine.mjs', import.meta.url));

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres:postgres@127.0.0.1:5432/mini_compete' },
});
