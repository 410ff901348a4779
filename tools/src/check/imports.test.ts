import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Processes } from '../../launch/processes.mjs';
import { PARTS } from './emit.js';
import { checkImports, type ImportReport } from './imports.js';
import { BACKEND_ROWS, RULES } from './rules.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const processes = new Processes();
const root = mkdtempSync(join(tmpdir(), 'mini-compete-imports-'));

/** One violation of each rule, by the rule that has to catch it. */
const PLANTED: Record<string, Record<string, string>> = {
  ...Object.fromEntries(
    BACKEND_ROWS.flat().map((folder) => [
      `backend-${folder}-uses-what-is-below-it`,
      { [`apps/backend/src/${folder}/planted.ts`]: "import '../main.planted.js';" },
    ]),
  ),
  'backend-folder-has-its-row': { 'apps/backend/src/elsewhere/planted.ts': "import 'pg';" },
  'shared-uses-only-zod': { 'packages/shared/src/planted.ts': "import 'react';" },
  'apps-do-not-mix': { 'apps/backend/src/main.mix.ts': "import '../frontend/lib/a.js';" },
  'apps-do-not-mix-either': { 'apps/frontend/src/lib/mix.ts': "import '../../backend/main.planted.js';" },
  'ui-knows-no-domain': {
    'apps/frontend/src/components/ui/planted.tsx': "import { Card } from '@/components/competitions/card';",
    'apps/frontend/src/components/competitions/card.tsx': 'export const Card = () => <p>card</p>;',
  },
  'seats-know-no-domain': {
    'apps/frontend/src/components/seats/planted.tsx': "import '@/components/competitions/card';",
  },
  'components-do-not-use-routes': {
    'apps/frontend/src/components/competitions/planted.tsx': "import type { Props } from '@/app/page';",
    'apps/frontend/src/app/page.tsx': 'export interface Props { a: string }',
  },
  'lib-uses-only-lib': { 'apps/frontend/src/lib/planted.ts': "import '@/app/page';" },
  'no-cycle': {
    'apps/frontend/src/lib/round/a.ts': "import type { B } from './b';\nexport type A = B;",
    'apps/frontend/src/lib/round/b.ts': "export type { A } from './a';\nexport type B = string;",
  },
  'no-folder-cycle': {
    'apps/frontend/src/lib/east/a.ts': "import '../west/a';",
    'apps/frontend/src/lib/west/a.ts': 'export {};',
    'apps/frontend/src/lib/west/b.ts': "import '../east/b';",
    'apps/frontend/src/lib/east/b.ts': 'export {};',
  },
};

const others = { 'apps/backend/src/main.planted.ts': 'export {};', 'apps/frontend/src/lib/a.ts': 'export {};' };

async function report(files: Record<string, string>): Promise<ImportReport> {
  for (const folder of Object.values(PARTS)) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return checkImports({ root, processes }, PARTS, join(root, '.cache/imports'));
}

beforeAll(() => symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules')));
afterAll(async () => {
  await processes.endAll();
  rmSync(root, { recursive: true });
});

describe('the rules of who imports whom', () => {
  it('are each planted against', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  it('say when nothing was read', async () => {
    await expect(report({})).rejects.toThrow('checks nothing');
  });

  it('let pass what is allowed', async () => {
    const { files, violations } = await report(others);
    expect(files).toBe(2);
    expect(violations).toEqual([]);
  });

  it('catch each planted violation', async () => {
    const { violations } = await report(Object.assign({}, others, ...Object.values(PLANTED)));
    expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(Object.keys(PLANTED).sort());
  });
});
