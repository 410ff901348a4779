import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SLOW } from './slow-first.js';

it('the files that start first exist', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  expect(SLOW.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
