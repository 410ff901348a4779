import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.js';

/**
 * Builds the backend of an earlier version from its commit, once, and returns its folder. It is installed from its own lock
 * file: with the packages of this version it would not be what operators run.
 */
export function buildEarlierVersion(commit: string): string {
  const folder = join(ROOT, '.cache/versions', commit);
  if (!existsSync(folder)) {
    ensureCommit(commit);
    const work = `${folder}.part`;
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    run(dirname(work), 'sh', '-c', `git -C '${ROOT}' archive ${commit} | tar -x -C '${work}'`);
    run(work, 'npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
    run(work, 'npm', 'run', 'generate', '-w', '@mini-compete/backend');
    const projects = ['packages/shared', 'packages/messages', 'apps/backend'];
    run(work, process.execPath, 'node_modules/typescript/bin/tsc', '-b', ...projects);
    renameSync(work, folder);
  }
  return join(folder, 'apps/backend/');
}

function ensureCommit(commit: string): void {
  try {
    run(ROOT, 'git', 'cat-file', '-e', `${commit}^{commit}`);
  } catch {
    throw new Error(
      `This clone does not have the commit ${commit}. ` +
        'If it is shallow, run "git fetch --unshallow"; in CI, check out with "fetch-depth: 0".',
    );
  }
}

function run(cwd: string, command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
