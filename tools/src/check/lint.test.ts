import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const READS = 'export const port = process.env.PORT;\n';
const FETCHES = "export const load = () => fetch('/api');\n";

/** Violations by the path of their file, with the rule that has to catch them. */
const PLANTED: Record<string, [text: string, rule: string]> = {
  'apps/backend/src/accounts/reads.ts': [READS, 'style/noProcessEnv'],
  'apps/frontend/src/app/reads.ts': [READS, 'style/noProcessEnv'],
  'apps/frontend/src/components/fetches.ts': [FETCHES, 'style/noRestrictedGlobals'],
  'apps/backend/src/accounts/forwards.ts': [
    "import { forwardRef } from '@nestjs/common';\n\nexport const later = forwardRef(() => 1);\n",
    'style/noRestrictedImports',
  ],
  'packages/shared/src/index.ts': ["export { a } from './a.js';\n", 'performance/noBarrelFile'],
  'apps/backend/src/accounts/star.ts': ["export * from './a.js';\n", 'performance/noBarrelFile'],
  'tools/src/floating.ts': [
    'async function save() {}\n\nexport function saveAll() {\n  save();\n}\n',
    'nursery/noFloatingPromises',
  ],
};

/** The same code in the only files where it is allowed. */
const ALLOWED = {
  'apps/backend/src/platform/config/env.ts': READS,
  'apps/frontend/src/lib/config.ts': READS,
  'apps/frontend/src/lib/api/client.ts': FETCHES,
};

interface Report {
  diagnostics: { category: string; location: { path: string | { file: string } } }[];
}

function lint(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'mini-compete-lint-'));
  try {
    const settings = JSON.parse(readFileSync(join(repository, 'biome.json'), 'utf8'));
    writeFileSync(join(root, 'biome.json'), JSON.stringify({ ...settings, $schema: undefined, vcs: undefined }));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
    const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    return (JSON.parse(stdout) as Report).diagnostics.map(({ category, location: { path } }) => {
      const file = typeof path === 'string' ? path : path.file;
      return `${file.replace(/^\.\//, '')} ${category.replace('lint/', '')}`;
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

it('reports each planted violation, and none in the files where the code is allowed', () => {
  const planted = Object.fromEntries(Object.entries(PLANTED).map(([path, [text]]) => [path, text]));
  const expected = Object.entries(PLANTED).map(([path, [, rule]]) => `${path} ${rule}`);
  expect([...new Set(lint({ ...planted, ...ALLOWED }))].sort()).toEqual(expected.sort());
});
