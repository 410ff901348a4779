import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles } from './files.js';
import { literalTexts } from './literals.js';
import type { CheckStep } from './step.js';

const PAGES = 'apps/frontend/src/**/*.tsx';

/** Fails for words on pages that are not in the catalogs, and so in one language only. */
export const literals: CheckStep = {
  title: 'Texts of pages',
  async run({ root }) {
    const files = repositoryFiles(root, PAGES).filter((file) => !file.endsWith('.test.tsx'));
    if (files.length === 0) return { ok: false, summary: `No file matches ${PAGES}: the check checks nothing.` };
    const found = files.flatMap((file) => literalTexts(file, readFileSync(join(root, file), 'utf8')));
    if (found.length === 0) return { ok: true, summary: `none in ${files.length} files outside the catalogs` };
    return { ok: false, summary: ['These texts belong into packages/messages:', ...found].join('\n') };
  },
};
