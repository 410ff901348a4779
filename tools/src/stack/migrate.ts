import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { backend } from './build.js';
import { productEnv, type StackOptions } from './stack.js';

type Options = Omit<StackOptions, 'logs'>;

/** Applies pending migrations with the program that production uses too; it needs no Prisma CLI. */
export async function migrate(context: CommandContext, options: Options): Promise<void> {
  await runScript(context, 'Migrations', 'main.migrate.js', options);
}

/** Creates the trial accounts and competitions that do not exist yet. */
export async function seed(context: CommandContext, options: Options, ...args: string[]): Promise<void> {
  await runScript(context, 'Trial data', 'main.seed.js', options, ...args);
}

/** Not in production: the password of the trial accounts is public. */
export const canSeed = () => process.env.NODE_ENV !== 'production';

async function runScript(
  { root, terminal, processes }: CommandContext,
  name: string,
  script: string,
  options: Options,
  ...args: string[]
) {
  const step = terminal.step(name);
  let lastLine = '';
  try {
    await processes.run({
      name,
      command: process.execPath,
      args: [join(backend(root), 'dist', script), ...args],
      cwd: backend(root),
      env: productEnv(options),
      onLine: (line) => {
        lastLine = line;
      },
    });
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done(lastLine.startsWith('{') ? undefined : lastLine); // a line of JSON is a log entry, not the result
}
