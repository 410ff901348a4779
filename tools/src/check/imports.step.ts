import { join } from 'node:path';
import { checkImports } from './imports.js';
import type { CheckStep } from './step.js';

export const imports: CheckStep = {
  title: 'Import rules',
  async run({ root }) {
    const { files, violations } = await checkImports(root, join(root, '.cache/imports'));
    if (violations.length === 0) return { ok: true, summary: `${files} files` };
    return { ok: false, summary: violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n') };
  },
};
