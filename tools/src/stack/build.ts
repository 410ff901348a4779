import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';

/** Turns off the telemetry of the tools and their checks for updates. */
export const NO_TELEMETRY = {
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  CHECKPOINT_DISABLE: '1',
};

export const frontend = (root: string) => join(root, 'apps/frontend');
export const backend = (root: string) => join(root, 'apps/backend');
const standalone = (root: string) => join(frontend(root), '.next/standalone/apps/frontend');
export const webServer = (root: string) => join(standalone(root), 'start.mjs');

/** An incremental build: Turborepo restores the output of every package whose inputs have not changed. */
export async function build(context: CommandContext, ...only: ('backend' | 'shared' | 'frontend')[]): Promise<void> {
  const { root, terminal, processes } = context;
  const step = terminal.step('Build');
  step.note('compiling what has changed');
  let cached = '';
  try {
    await processes.run({
      name: 'The build',
      command: process.execPath,
      args: [
        join(root, 'node_modules/turbo/bin/turbo'),
        ...['run', 'build', '--output-logs=errors-only', '--ui=stream'],
        ...only.map((name) => `--filter=@mini-compete/${name}`),
      ],
      cwd: root,
      env: { ...process.env, ...NO_TELEMETRY, FORCE_COLOR: '0' },
      onLine: (line) => {
        const task = line.match(/^@mini-compete\/(\w+):(\w+)/);
        if (task) step.note(`${task[2]} of ${task[1]}`);
        cached = line.match(/Cached:\s+(.+)/)?.[1] ?? cached;
      },
    });
    if (only.length === 0) completeStandalone(root);
  } catch (error) {
    step.failed();
    throw error;
  }
  const [upToDate, all] = cached.match(/\d+/g) ?? [];
  step.done(all ? `${upToDate} of ${all} tasks were up to date` : undefined);
}

/** Next.js leaves static files out of its standalone server; start.mjs and json-logs.mjs start that server. */
function completeStandalone(root: string): void {
  const target = standalone(root);
  for (const file of ['start.mjs', 'json-logs.mjs']) cpSync(join(frontend(root), file), join(target, file));
  // Next.js names a folder of static files after the build, so a copy of this build is recognized.
  const idFile = join(frontend(root), '.next/BUILD_ID');
  const buildId = existsSync(idFile) ? readFileSync(idFile, 'utf8') : 'none';
  if (existsSync(join(target, '.next/static', buildId))) return;
  rmSync(join(target, '.next/static'), { recursive: true, force: true });
  cpSync(join(frontend(root), '.next/static'), join(target, '.next/static'), { recursive: true });
}
