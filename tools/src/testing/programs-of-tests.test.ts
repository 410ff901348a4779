import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { PROGRAMS_OF_TESTS, skippedWithoutMount, testsThatUse } from './programs-of-tests.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it.each([
  ['Redis', 'src/platform/queue/redis.test.ts'],
  ['Redis', 'random-faults.test.ts'],
  ['PgBouncer', 'test/e2e/pgbouncer.test.ts'],
  ['promtool', 'src/deploy/alerts.test.ts'],
  ['kubectl', 'src/deploy/kubernetes.test.ts'],
])('npm test leaves out the tests that need %s where it is missing, such as %s', (title, test) => {
  const { usedBy } = PROGRAMS_OF_TESTS.find(({ program }) => program.title === title) as { usedBy: string };
  expect(testsThatUse(usedBy, root)).toContain(test);
});

it('npm test says that the drill of a full disk was skipped where nothing can be mounted', () => {
  expect(skippedWithoutMount(root)).toMatch(/may not mount .+ skipped: disk\.test\.ts\. As root/);
});
