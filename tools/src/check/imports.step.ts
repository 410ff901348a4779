import { join } from 'node:path';
import { PARTS } from './emit.js';
import { checkImports } from './imports.js';
import type { CheckStep } from './step.js';

export const imports: CheckStep = {
  title: 'Who imports whom',
  async run(context) {
    const { files, violations } = await checkImports(context, PARTS, join(context.root, '.cache/imports'));
    if (violations.length === 0) return { ok: true, says: `${files} files` };
    return { ok: false, says: violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`).join('\n') };
  },
};
