import { cpSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as DependencyCruiser from 'dependency-cruiser';
import { Failure } from '../../launch/failure.mjs';
import { RULES } from './rules.js';

const require = createRequire(import.meta.url);

/** The folders with the source code of the product. */
export const SOURCES = ['apps/backend/src', 'apps/frontend/src', 'packages/messages/src', 'packages/shared/src'];

const EXCLUDED = /\.(css|json)$|\.(test|d)\.tsx?$|\/generated\//;

export interface ImportReport {
  readonly files: number;
  readonly violations: { rule: string; from: string; to: string }[];
}

/** Compares the imports of the product, imports of types included, with the rules. `cache` is a folder below `root`. */
export async function checkImports(root: string, cache: string): Promise<ImportReport> {
  const files = SOURCES.flatMap((folder) => sourceFiles(root, folder));
  if (files.length === 0)
    throw new Failure(`No source files in ${SOURCES.join(', ')}: the import check checks nothing.`);
  const { cruise } = await loadDependencyCruiser(root, cache);
  const { output } = await cruise(
    SOURCES,
    {
      baseDir: realpathSync(root),
      ruleSet: { forbidden: RULES },
      validate: true,
      // Otherwise imports of types are left out; they couple two files as well.
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: EXCLUDED.source },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
    },
    // The paths of the web app's tsconfig.json, and the contract from its source instead of from its last build.
    {
      alias: {
        '@': join(realpathSync(root), 'apps/frontend/src'),
        '@mini-compete/messages': join(realpathSync(root), 'packages/messages/src'),
        '@mini-compete/shared': join(realpathSync(root), 'packages/shared/src'),
      },
    },
  );
  const { modules, summary } = output as DependencyCruiser.ICruiseResult;
  const read = new Set(modules.map(({ source }) => source));
  const missing = files.filter((file) => !read.has(file));
  if (missing.length > 0)
    throw new Failure(
      `The import check did not read ${missing.length} of ${files.length} files, such as ${missing[0]}.`,
    );
  const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { files: files.length, violations };
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !EXCLUDED.test(path));
}

/**
 * dependency-cruiser imports `typescript` from its own location and finds TypeScript 7, which has no compiler API; it
 * then reads no TypeScript file and reports no error. A copy with TypeScript 6 as its neighbor finds the API.
 */
async function loadDependencyCruiser(root: string, cache: string): Promise<typeof DependencyCruiser> {
  const modules = join(cache, 'node_modules');
  const typescript = dirname(require.resolve('typescript-6/package.json'));
  rmSync(modules, { recursive: true, force: true });
  cpSync(join(root, 'node_modules/dependency-cruiser'), join(modules, 'dependency-cruiser'), { recursive: true });
  symlinkSync(typescript, join(modules, 'typescript'), 'junction');
  return import(pathToFileURL(join(modules, 'dependency-cruiser/src/main/index.mjs')).href);
}
