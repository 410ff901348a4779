import { join } from 'node:path';
import type { House } from '../house.js';
import { backend } from './build.js';
import { productEnv, type StackOptions } from './stack.js';

type Options = Omit<StackOptions, 'logs'>;

/** Applies the migrations that are new, with nothing but what is in the build. */
export async function migrate(house: House, options: Options): Promise<void> {
  await once(house, 'Migrations', 'main.migrate.js', options);
}

/** The trial accounts and competitions; what is there already stays as it is. */
export async function seed(house: House, options: Options, ...args: string[]): Promise<boolean> {
  await once(house, 'Trial data', 'main.seed.js', options, ...args);
  return true;
}

export const mayBeSeeded = () => process.env.NODE_ENV !== 'production';

async function once(
  { root, terminal, processes }: House,
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
