import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';

/** The code of the product, by the name its part has in the rules. */
export const PARTS = { backend: 'apps/backend/src', frontend: 'apps/frontend/src', shared: 'packages/shared/src' };

/**
 * The product as JavaScript, file for file, with every import still there. dependency-cruiser reads TypeScript only with
 * a compiler API that TypeScript 7 does not have, and a compiler leaves out imports of types; they couple two files as well.
 */
export async function emit(
  { root, processes }: Pick<CommandContext, 'root' | 'processes'>,
  parts: Record<string, string>,
  into: string,
): Promise<number> {
  const sources = join(into, 'source');
  rmSync(into, { recursive: true, force: true });
  let count = 0;
  for (const [part, folder] of Object.entries(parts)) {
    for (const file of sourceFiles(join(root, folder))) {
      const target = join(sources, part, relative(join(root, folder), file));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(
        target,
        withImportsKept(readFileSync(file, 'utf8'), relative(dirname(target), join(sources, part))),
      );
      count++;
    }
  }
  // A tool that reads nothing finds nothing wrong.
  if (count === 0) throw new Failure('There is no code where it should be: the check of imports checks nothing.');
  const compilerOptions = {
    ...{
      target: 'es2023',
      module: 'preserve',
      jsx: 'react-jsx',
      experimentalDecorators: true,
      verbatimModuleSyntax: true,
    },
    ...{ rootDir: 'source', outDir: 'code', noCheck: true, skipLibCheck: true, types: [] },
  };
  writeFileSync(join(into, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['source'] }));
  await processes.run({
    name: 'Reading the imports',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-p', into],
  });
  return count;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name) && !name.startsWith('generated'))
    .map((name) => join(folder, name));
}

/** `toTop` leads from this file to what the web app calls `@`. */
function withImportsKept(text: string, toTop: string): string {
  return text
    .replace(/^(import|export) type (?=[\w{*])/gm, '$1 ')
    .replace(/^export (?=(\w+\s*=|\w+<))/gm, 'export type ')
    .replace(/(from |import )'@\//g, `$1'./${toTop ? `${toTop}/` : ''}`);
}
