import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { House } from '../house.js';
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
  async run(house) {
    const { root } = house;
    const absent = PROJECTS.filter((project) => !existsSync(join(root, project)));
    if (absent.length > 0) return { ok: false, says: `Not there: ${absent.join(', ')}` };
    const outcomes = [await routes(house)];
    for (const project of PROJECTS)
      if (hasCode(join(root, dirname(project)))) outcomes.push(await check(house, project));
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
function routes(house: House): Promise<Outcome> {
  const next = join(house.root, 'node_modules/next/dist/bin/next');
  const env = { ...process.env, ...QUIET };
  return program(house, { name: 'next typegen', args: [next, 'typegen'], cwd: frontend(house.root), env });
}

function check(house: House, project: string): Promise<Outcome> {
  const tsc = join(house.root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', project, '--noEmit', '--composite', 'false', '--incremental', 'false', '--pretty', 'false'];
  return program(house, { name: `tsc ${project}`, args, cwd: house.root });
}
