import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, readVariables, withTable } from '../docs/configuration.js';
import { openApiDocument } from '../docs/openapi.js';
import type { CheckStep } from './step.js';

/** Committed files that are made from code, and are what the code says now. With `--write` they are made so. */
export const generated: CheckStep = {
  title: 'Generated files',
  async run({ root, args }) {
    const variables = await readVariables(root);
    const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
    const files: Record<string, string> = {
      '.env.example': envExample(variables),
      'docs/operations.md': withTable(read('docs/operations.md'), variables),
      'docs/openapi.json': await openApiDocument(root),
    };
    const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
    if (args.includes('--write')) {
      for (const [path, text] of stale) writeFileSync(join(root, path), text);
      return { ok: true, says: stale.length > 0 ? `wrote ${stale.map(([path]) => path).join(', ')}` : 'as they were' };
    }
    if (stale.length === 0) return { ok: true, says: `${Object.keys(files).length} files` };
    return {
      ok: false,
      says: `${stale.map(([path]) => path).join(', ')}: not what the code says. npm run check -- --write`,
    };
  },
};
