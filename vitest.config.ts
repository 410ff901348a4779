import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defaultExclude, defineConfig } from 'vitest/config';
import { SlowFirst } from './tools/src/testing/slow-first.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Resolves the packages to their sources: tests must not run against an outdated build of them. */
const alias = [{ find: /^@mini-compete\/(shared|messages)\/(.+)$/, replacement: path('./packages/$1/src/$2.ts') }];

/** For tests that hang. Beside other work, a machine takes ten times as long for a test as alone. */
const TIME_LIMITS = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

const BACKEND = {
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { alias },
};
const BACKEND_TESTS = {
  root: path('./apps/backend'),
  globalSetup: ['test/global-setup.ts'],
  setupFiles: ['test/setup.ts'],
  ...TIME_LIMITS,
};
/** They measure their own process, so they need one that has done nothing before. */
const MEMORY_TESTS = 'src/**/*.memory.test.ts';

export default defineConfig({
  test: {
    // By default there is one worker on two cores, although many tests wait: for a timeout, a lock, a killed process.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        ...BACKEND,
        test: {
          ...BACKEND_TESTS,
          name: 'backend',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...defaultExclude, MEMORY_TESTS],
          // A worker loads the modules of the backend once, not for each file: that takes 2.4 s of CPU time per file.
          isolate: false,
        },
      },
      { ...BACKEND, test: { ...BACKEND_TESTS, name: 'memory', include: [MEMORY_TESTS] } },
      { resolve: { alias }, test: { name: 'shared', root: path('./packages'), include: ['*/src/**/*.test.ts'] } },
      {
        resolve: { alias },
        // Drills kill and restart processes and depend on timing, so they run after all other tests and one at a time.
        test: {
          name: 'drills',
          root: path('./drills'),
          include: process.env.DRILL_RECORD ? ['**/*.test.ts', '**/*.drill.ts'] : ['**/*.test.ts'],
          ...TIME_LIMITS,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { name: 'bench', root: path('./bench'), include: ['src/**/*.test.ts'] } },
      { test: { name: 'tools', root: path('./tools'), include: ['**/*.test.{ts,mjs}'], ...TIME_LIMITS } },
      {
        resolve: { alias: [...alias, { find: /^@\/(.+)$/, replacement: path('./apps/frontend/src/$1') }] },
        test: { name: 'frontend', root: path('./apps/frontend'), include: ['src/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
