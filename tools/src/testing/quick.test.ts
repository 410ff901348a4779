import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { backend } from '../stack/build.js';
import { CORE, testsLeftOut } from './quick.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('npm run test:quick', () => {
  it('names database tests that exist', () => {
    expect(CORE.filter((file) => !existsSync(join(backend(root), file)))).toEqual([]);
  });

  it('leaves out tests that start processes, and no unit test', () => {
    const leftOut = testsLeftOut(root);
    expect(leftOut).toContain('test/e2e/faults.test.ts');
    expect(leftOut).toContain('src/platform/queue/redis.test.ts');
    expect(leftOut).not.toContain('src/platform/concurrency/semaphore.test.ts');
    expect(leftOut.filter((file) => CORE.includes(file))).toEqual([]);
  });
});
