import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { backend } from './build.js';
import { productEnv, type StackOptions } from './stack.js';

type Options = Omit<StackOptions, 'logs'>;

/** Applies the migrations that are new, with nothing but what is in the build. */
export async function migrate(context: CommandContext, options: Options): Promise<void> {
  await once(context, 'Migrations', 'main.migrate.js', options);
}

/** The trial accounts and competitions; what is there already stays as it is. */
export async function seed(context: CommandContext, options: Options, ...args: string[]): Promise<boolean> {
  await once(context, 'Trial data', 'main.seed.js', options, ...args);
  return true;
}

export const mayBeSeeded = () => process.env.NODE_ENV !== 'production';

async function once(
  { root, terminal, processes }: CommandContext,
  name: string,
  script: string,
  options: Options,
  ...args: string[]
) {
  const step = terminal.step(name);
  let last = '';
  try {
    await processes.run({
      name,
      command: process.execPath,
      args: [join(backend(root), 'dist', script), ...args],
      cwd: backend(root),
      env: productEnv(options),
      onLine: (line) => {
        last = line;
      },
    });
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done(last.startsWith('{') ? undefined : last);
}
