import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The test files below these folders that lead, by whichever way, to this helper. */
export function testsThatNeed(helper: string, folders: string[], root: string): string[] {
  const reached = new Map<string, boolean>();
  const leads = (file: string): boolean => {
    if (file === helper) return true;
    const known = reached.get(file);
    if (known !== undefined) return known;
    reached.set(file, false); // a circle ends here
    const answer = existsSync(file) && importsOf(file).some(leads);
    reached.set(file, answer);
    return answer;
  };
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(folder, name))
      .filter(leads)
      .map((file) => relative(root, file)),
  );
}

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path = '']) =>
    resolve(dirname(file), path.replace(/\.js$/, '.ts')),
  );
}
