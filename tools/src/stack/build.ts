import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';

/** What no tool may send home, and no file may say differently on another machine. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  CHECKPOINT_DISABLE: '1',
};

export const frontend = (root: string) => join(root, 'apps/frontend');
export const backend = (root: string) => join(root, 'apps/backend');
const standalone = (root: string) => join(frontend(root), '.next/standalone/apps/frontend');
export const webServer = (root: string) => join(standalone(root), 'start.mjs');

/** Builds what has changed since the last time: Turborepo keeps what it built for which inputs. */
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
      env: { ...process.env, ...QUIET, FORCE_COLOR: '0' },
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
  const [kept, all] = cached.match(/\d+/g) ?? [];
  step.done(all ? `${kept} of ${all} parts were up to date` : undefined);
}

/** Next leaves it to us to put the files for browsers beside its standalone server; beside it too, what starts it. */
function completeStandalone(root: string): void {
  const id = (folder: string) => {
    const file = join(folder, '.next/BUILD_ID');
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const target = standalone(root);
  for (const file of ['start.mjs', 'json-logs.mjs']) cpSync(join(frontend(root), file), join(target, file));
  const done = join(target, '.next/static', id(frontend(root)) ?? 'none');
  if (existsSync(done)) return;
  rmSync(join(target, '.next/static'), { recursive: true, force: true });
  cpSync(join(frontend(root), '.next/static'), join(target, '.next/static'), { recursive: true });
  const files = join(frontend(root), 'public');
  if (existsSync(files)) cpSync(files, join(target, 'public'), { recursive: true });
}
