import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Resolves the contract to its source: tests must not run against an outdated build of it. */
const alias = [{ find: /^@mini-compete\/shared\/(.+)$/, replacement: path('./packages/shared/src/$1.ts') }];

export default defineConfig({
  test: {
    projects: [
      {
        oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
        resolve: { alias },
        test: {
          name: 'backend',
          root: path('./apps/backend'),
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { resolve: { alias }, test: { name: 'shared', root: path('./packages/shared'), include: ['src/**/*.test.ts'] } },
      {
        resolve: { alias },
        // Drills kill and restart processes and depend on timing, so they run after all other tests and one at a time.
        test: {
          name: 'drills',
          root: path('./drills'),
          include: ['**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: 'tools', root: path('./tools'), include: ['**/*.test.{ts,mjs}'], testTimeout: 60_000 } },
      {
        resolve: { alias: [...alias, { find: /^@\/(.+)$/, replacement: path('./apps/frontend/src/$1') }] },
        test: { name: 'frontend', root: path('./apps/frontend'), include: ['src/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
