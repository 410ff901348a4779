import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../context.js';
import { frontend, QUIET } from '../stack/build.js';
import { type CheckStep, type Outcome, program } from './step.js';

const PROJECTS = [
  'packages/shared/tsconfig.test.json',
  'apps/backend/tsconfig.test.json',
  'apps/frontend/tsconfig.json',
  'tools/tsconfig.test.json',
  'bench/tsconfig.json',
  'drills/tsconfig.json',
  'e2e/tsconfig.json',
];

/** Every line of TypeScript there is, tests included. */
export const types: CheckStep = {
  title: 'Types',
  async run(context) {
    const { root } = context;
    const absent = PROJECTS.filter((project) => !existsSync(join(root, project)));
    if (absent.length > 0) return { ok: false, says: `Not there: ${absent.join(', ')}` };
    const outcomes = [await routes(context)];
    for (const project of PROJECTS)
      if (hasCode(join(root, dirname(project)))) outcomes.push(await check(context, project));
    const bad = outcomes.filter(({ ok }) => !ok);
    return {
      ok: bad.length === 0,
      says: bad.length ? bad.map(({ says }) => says).join('\n') : `${PROJECTS.length} projects`,
    };
  },
};

/** The compiler takes an empty folder for a mistake. */
const hasCode = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(
    (name) => name.endsWith('.ts') && !name.includes('node_modules'),
  );

/** The types of the routes and of links to them are Next's to write. */
function routes(context: CommandContext): Promise<Outcome> {
  const next = join(context.root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, ...QUIET };
  return program(context, { name: 'next typegen', args: [next, 'typegen'], cwd: frontend(context.root), env });
}

function check(context: CommandContext, project: string): Promise<Outcome> {
  const tsc = join(context.root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', project, '--noEmit', '--composite', 'false', '--incremental', 'false', '--pretty', 'false'];
  return program(context, { name: `tsc ${project}`, args, cwd: context.root });
}
