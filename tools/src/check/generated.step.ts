import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, openApiDocument, readVariables, withTable } from '../docs/generated.js';
import type { CheckStep } from './step.js';

/** Fails when a committed file that is generated from code is out of date; `--write` updates it. */
export const generated: CheckStep = {
  title: 'Generated files are up to date',
  async run({ root, args }) {
    const variables = await readVariables(root);
    const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
    const files: Record<string, string> = {
      '.env.example': envExample(variables),
      'docs/operations.md': withTable(read('docs/operations.md'), variables),
      'docs/openapi.json': openApiDocument(root),
    };
    const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
    const names = stale.map(([path]) => path).join(', ');
    if (stale.length === 0) return { ok: true, summary: `${Object.keys(files).length} files` };
    if (!args.includes('--write')) return { ok: false, summary: `Run npm run check -- --write to update ${names}.` };
    for (const [path, text] of stale) writeFileSync(join(root, path), text);
    return { ok: true, summary: `updated ${names}` };
  },
};
