import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The test files below these folders that import the helper, directly or through other files. */
export function testsThatNeed(helper: string, folders: string[], root: string): string[] {
  const known = new Map<string, boolean>();
  const needsHelper = (file: string): boolean => {
    if (file === helper) return true;
    const cached = known.get(file);
    if (cached !== undefined) return cached;
    known.set(file, false); // otherwise an import cycle never ends
    const result = existsSync(file) && importsOf(file).some(needsHelper);
    known.set(file, result);
    return result;
  };
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(folder, name))
      .filter(needsHelper)
      .map((file) => relative(root, file)),
  );
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path = '']) =>
    resolve(dirname(file), path.replace(/\.js$/, '.ts')),
  );
}
