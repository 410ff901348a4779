import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The CLI wants a native engine that it has to download; the one beside this file runs the same engine as
// WebAssembly. On Windows a script is no executable: there the native engine is used.
if (process.platform !== 'win32')
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('./prisma/schema-engine.mjs', import.meta.url));

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres:postgres@127.0.0.1:5432/mini_compete' },
});
