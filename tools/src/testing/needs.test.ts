import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testsThatNeed } from './needs.js';

it('finds the tests that import a helper, directly or through other files', () => {
  const root = mkdtempSync(join(tmpdir(), 'mini-compete-needs-'));
  const files = {
    'test/redis.ts': '',
    'test/faults.ts': "import { startRedis } from './redis.js';\nimport './cycle.js';",
    'test/cycle.ts': "import './faults.js';",
    'src/a/direct.test.ts': "import { startRedis } from '../../test/redis.js';",
    'src/a/indirect.test.ts': "import { faults } from '../../test/faults.js';",
    'src/a/without.test.ts': "import pg from 'pg';\nimport './gone.js';",
  };
  mkdirSync(join(root, 'src/a'), { recursive: true });
  mkdirSync(join(root, 'test'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  const folders = [join(root, 'src'), join(root, 'test')];
  expect(testsThatNeed(join(root, 'test/redis.ts'), folders, root).sort()).toEqual([
    'src/a/direct.test.ts',
    'src/a/indirect.test.ts',
  ]);
  rmSync(root, { recursive: true });
});
