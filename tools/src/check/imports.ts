import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { emit } from './emit.js';
import { RULES } from './rules.js';

export interface ImportReport {
  readonly files: number;
  /** Each as a sentence. */
  readonly violations: { rule: string; from: string; to: string }[];
}

/** Who imports whom, held against the rules. */
export async function checkImports(
  context: Pick<CommandContext, 'root' | 'processes'>,
  parts: Record<string, string>,
  into: string,
): Promise<ImportReport> {
  const files = await emit(context, parts, into);
  const { output } = await cruise(['.'], {
    baseDir: realpathSync(join(into, 'code')),
    ruleSet: { forbidden: RULES },
    validate: true,
    doNotFollow: { path: 'node_modules|packages/shared/dist' },
    exclude: { path: '\\.(css|json)$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  });
  const { modules, summary } = output as ICruiseResult;
  const read = modules.filter(({ source }) => /^(backend|frontend|shared)\//.test(source)).length;
  if (read < files) throw new Failure(`Only ${read} of ${files} files were read: the check of imports checks nothing.`);
  const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { files, violations };
}
