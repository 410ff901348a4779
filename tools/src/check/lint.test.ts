import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

const READS = 'export const port = process.env.PORT;\n';
const FETCHES = "export const asked = () => fetch('/api');\n";

/** A violation, where it lies, and the rule that has to catch it. */
const PLANTED: Record<string, [text: string, rule: string]> = {
  'apps/backend/src/auth/reads.ts': [READS, 'style/noProcessEnv'],
  'apps/frontend/src/app/reads.ts': [READS, 'style/noProcessEnv'],
  'apps/frontend/src/components/fetches.ts': [FETCHES, 'style/noRestrictedGlobals'],
  'apps/backend/src/auth/forwards.ts': [
    "import { forwardRef } from '@nestjs/common';\n\nexport const later = forwardRef(() => 1);\n",
    'style/noRestrictedImports',
  ],
  'packages/shared/src/index.ts': ["export { a } from './a.js';\n", 'performance/noBarrelFile'],
  'apps/backend/src/auth/star.ts': ["export * from './a.js';\n", 'performance/noBarrelFile'],
  'tools/src/forgets.ts': [
    'async function act() {}\n\nexport function forget() {\n  act();\n}\n',
    'nursery/noFloatingPromises',
  ],
};

/** The one place of each. */
const ALLOWED = {
  'apps/backend/src/config/env.ts': READS,
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

it('catches each violation of a rule of the context, and nothing in the places where it is allowed', () => {
  const planted = Object.fromEntries(Object.entries(PLANTED).map(([path, [text]]) => [path, text]));
  const expected = Object.entries(PLANTED).map(([path, [, rule]]) => `${path} ${rule}`);
  expect([...new Set(lint({ ...planted, ...ALLOWED }))].sort()).toEqual(expected.sort());
});
