import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { leaveOut } from './vitest.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const FILES = [
  'src/platform/queue/redis.test.ts',
  'src/deploy/kubernetes.test.ts',
  'random-faults.test.ts',
  'clocks.test.ts',
];

const filesOfVitest = (leftOut: readonly string[]): string[] => {
  const { stdout, status } = spawnSync('node_modules/.bin/vitest', ['list', '--filesOnly'], {
    cwd: root,
    env: { ...process.env, ...leaveOut(leftOut) },
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout.split('\n').filter((line) => FILES.some((file) => line.endsWith(`/${file}`)));
};

it('tests that are left out do not run, whatever project they belong to', () => {
  expect(filesOfVitest([])).toHaveLength(FILES.length);
  expect(filesOfVitest(FILES)).toEqual([]);
});
