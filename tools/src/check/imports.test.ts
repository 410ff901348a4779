import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkImports, type ImportReport, SOURCES } from './imports.js';
import { BACKEND_AREAS, COMPONENT_AREAS, RULES } from './rules.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'mini-compete-imports-'));

const BACKEND = 'apps/backend/src';
const FRONTEND = 'apps/frontend/src';
const COMPONENTS = `${FRONTEND}/components`;

/** Each area imports the next higher one; the highest area imports a file beside the areas. */
function upward(side: string, root: string, areas: readonly string[]) {
  return Object.fromEntries(
    areas.map((area, index) => [
      `${side}-${area}-imports-only-lower-areas`,
      {
        [`${root}/${area}/upward.ts`]: `import '${areas[index + 1] ? `../${areas[index + 1]}/target` : '../main.planted'}.js';`,
        [`${root}/${area}/target.ts`]: 'export {};',
        [`${root}/main.planted.ts`]: 'export {};',
      },
    ]),
  );
}

/** One violation of each rule, by the name of the rule. */
const PLANTED: Record<string, Record<string, string>> = {
  ...upward('backend', BACKEND, BACKEND_AREAS),
  ...upward('components', COMPONENTS, COMPONENT_AREAS),
  'backend-folder-is-an-area': { [`${BACKEND}/elsewhere/planted.ts`]: "import 'pg';" },
  'components-folder-is-an-area': { [`${COMPONENTS}/elsewhere/planted.ts`]: "import 'react';" },
  'seats-import-only-ui': { [`${COMPONENTS}/seats/up.tsx`]: "import '@/components/competitions/target';" },
  'ui-imports-no-component': { [`${COMPONENTS}/ui/up.tsx`]: "import '@/components/seats/up';" },
  'ui-and-seats-do-not-call-the-api': {
    [`${COMPONENTS}/ui/calls.tsx`]: "import '@/lib/api/planted';",
    [`${FRONTEND}/lib/api/planted.ts`]: 'export {};',
  },
  'components-import-no-route': {
    [`${COMPONENTS}/competitions/planted.tsx`]: "import type { Props } from '@/app/page';",
    [`${FRONTEND}/app/page.tsx`]: 'export interface Props { a: string }',
  },
  'lib-imports-only-lib': { [`${FRONTEND}/lib/planted.ts`]: "import '@/app/page';" },
  'messages-import-only-shared': { 'packages/messages/src/planted.ts': "import 'react';" },
  'shared-imports-only-zod': { 'packages/shared/src/planted.ts': "import 'react';" },
  'backend-imports-no-frontend': { [`${BACKEND}/main.mix.ts`]: "import '../../frontend/src/lib/a.js';" },
  'frontend-imports-no-backend': { [`${FRONTEND}/lib/mix.ts`]: "import '../../../backend/src/main.planted.js';" },
  'no-cycle': {
    [`${FRONTEND}/lib/round/a.ts`]: "import type { B } from './b';\nexport type A = B;",
    [`${FRONTEND}/lib/round/b.ts`]: "export type { A } from './a';\nexport type B = string;",
  },
  'no-folder-cycle': {
    [`${FRONTEND}/lib/east/a.ts`]: "import '../west/a';",
    [`${FRONTEND}/lib/west/a.ts`]: 'export {};',
    [`${FRONTEND}/lib/west/b.ts`]: "import '../east/b';",
    [`${FRONTEND}/lib/east/b.ts`]: 'export {};',
  },
};

const ALLOWED = { [`${BACKEND}/main.planted.ts`]: 'export {};', [`${FRONTEND}/lib/a.ts`]: 'export {};' };

async function report(files: Record<string, string>): Promise<ImportReport> {
  for (const folder of SOURCES) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return checkImports(root, join(root, '.cache/imports'));
}

beforeAll(() => symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules')));
afterAll(() => rmSync(root, { recursive: true }));

describe('the import rules', () => {
  it('each have a planted violation', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(RULES.map(({ name }) => name).sort());
  });

  it('fail when there are no source files', async () => {
    await expect(report({})).rejects.toThrow('checks nothing');
  });

  it('pass without a violation', async () => {
    const { files, violations } = await report(ALLOWED);
    expect(files).toBe(2);
    expect(violations).toEqual([]);
  });

  it('catch each planted violation', async () => {
    const { violations } = await report(Object.assign({}, ALLOWED, ...Object.values(PLANTED)));
    expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(Object.keys(PLANTED).sort());
  });
});
