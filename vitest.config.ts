import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defaultExclude, defineConfig } from 'vitest/config';
import { SlowFirst } from './tools/src/testing/slow-first.js';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Resolves the packages to their sources: tests must not run against an outdated build of them. */
const alias = [{ find: /^@mini-compete\/(shared|messages)\/(.+)$/, replacement: path('./packages/$1/src/$2.ts') }];

/** For tests that hang. Beside other work, a machine takes ten times as long for a test as alone. */
const TIME_LIMITS = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } } };

/**
 * What `npm test` and `npm run test:quick` leave out. Vitest ignores its own option `--exclude` in projects that exclude
 * something themselves.
 */
const EXCLUDE = [
  ...defaultExclude,
  ...(process.env.TESTS_LEFT_OUT ?? '').split(',').flatMap((file) => (file ? [`**/${file}`] : [])),
];

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
/** They measure the memory or the CPU time of their own process, so they need one that has done nothing before. */
const MEASURING_TESTS = ['src/**/*.memory.test.ts', 'src/**/rendering-time.test.ts'];

const DRILLS = { root: path('./drills'), ...TIME_LIMITS };
/** They bound how long a request takes, so nothing else may run meanwhile. */
const TIMED_DRILLS = ['clocks.test.ts', 'high-load.test.ts', 'migrations.test.ts', 'processes.test.ts'];

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
          exclude: [...EXCLUDE, ...MEASURING_TESTS],
          // A worker loads the modules of the backend once, not for each file: that takes 2.4 s of CPU time per file.
          isolate: false,
        },
      },
      { ...BACKEND, test: { ...BACKEND_TESTS, name: 'measuring', include: MEASURING_TESTS } },
      { resolve: { alias }, test: { name: 'shared', root: path('./packages'), include: ['*/src/**/*.test.ts'] } },
      // Drills load the machine, so they run after all other tests.
      {
        resolve: { alias },
        test: {
          ...DRILLS,
          name: 'drills',
          include: process.env.DRILL_RECORD ? ['**/*.test.ts', '**/*.drill.ts'] : ['**/*.test.ts'],
          exclude: [...EXCLUDE, ...TIMED_DRILLS],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...DRILLS,
          name: 'timed-drills',
          include: TIMED_DRILLS,
          exclude: EXCLUDE,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      { test: { name: 'bench', root: path('./bench'), include: ['src/**/*.test.ts'] } },
      {
        test: {
          name: 'tools',
          root: path('./tools'),
          include: ['**/*.test.{ts,mjs}'],
          exclude: EXCLUDE,
          ...TIME_LIMITS,
        },
      },
      {
        resolve: { alias: [...alias, { find: /^@\/(.+)$/, replacement: path('./apps/frontend/src/$1') }] },
        test: { name: 'frontend', root: path('./apps/frontend'), include: ['src/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
