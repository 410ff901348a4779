import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../context.js';
import { frontend, NO_TELEMETRY } from '../stack/build.js';
import { type CheckStep, type Outcome, runProgram } from './step.js';

const PROJECTS = [
  'packages/messages/tsconfig.test.json',
  'packages/shared/tsconfig.test.json',
  'apps/backend/tsconfig.test.json',
  'apps/frontend/tsconfig.json',
  'tools/tsconfig.test.json',
  'bench/tsconfig.json',
  'drills/tsconfig.json',
  'e2e/tsconfig.json',
];

/** Checks all TypeScript files, tests included. */
export const types: CheckStep = {
  title: 'Types',
  async run(context) {
    const { root } = context;
    const missing = PROJECTS.filter((project) => !existsSync(join(root, project)));
    if (missing.length > 0) return { ok: false, summary: `Missing: ${missing.join(', ')}` };
    const outcomes = [await generateRouteTypes(context)];
    for (const project of PROJECTS)
      if (hasCode(join(root, dirname(project)))) outcomes.push(await checkProject(context, project));
    const failed = outcomes.filter(({ ok }) => !ok);
    if (failed.length === 0) return { ok: true, summary: `${PROJECTS.length} projects` };
    return { ok: false, summary: failed.map(({ summary }) => summary).join('\n') };
  },
};

/** For a folder without code, the compiler fails with "No inputs were found". */
const hasCode = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (name) => name.endsWith('.ts') && !name.includes('node_modules'),
  );

/** tsconfig.json of the web app includes the types of its routes, which Next generates. */
function generateRouteTypes(context: CommandContext): Promise<Outcome> {
  const next = join(context.root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, ...NO_TELEMETRY };
  return runProgram(context, { name: 'next typegen', args: [next, 'typegen'], cwd: frontend(context.root), env });
}

function checkProject(context: CommandContext, project: string): Promise<Outcome> {
  const tsc = join(context.root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', project, '--noEmit', '--composite', 'false', '--incremental', 'false', '--pretty', 'false'];
  return runProgram(context, { name: `tsc ${project}`, args, cwd: context.root });
}
