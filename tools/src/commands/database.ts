import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { backend, build } from '../stack/build.js';
import { openDatabase } from '../stack/database.js';
import { chosenPorts } from '../stack/ports.js';
import { migrate, seed } from '../stack/prepare.js';
import { productEnv } from '../stack/stack.js';
import { trialEnv } from './start.js';

async function withDatabase(context: CommandContext) {
  await build(context, 'backend');
  context.prepared();
  const { url } = await openDatabase(context);
  return { databaseUrl: url, ports: chosenPorts(process.env), env: trialEnv(context.root) };
}

/** Without arguments applies what is pending; with some, it is Prisma's own `migrate`, for who changes the schema. */
export async function migrateCommand(context: CommandContext): Promise<number> {
  const options = await withDatabase(context);
  if (context.args.length === 0) {
    await migrate(context, options);
    return 0;
  }
  const prisma = join(context.root, 'node_modules/prisma/build/index.js');
  return shown(context, 'prisma', [prisma, 'migrate', ...context.args], productEnv(options));
}

export async function seedCommand(context: CommandContext): Promise<number> {
  const options = await withDatabase(context);
  await migrate(context, options);
  await seed(context, options, ...context.args);
  return 0;
}

export async function adminCommand(context: CommandContext): Promise<number> {
  const options = await withDatabase(context);
  await migrate(context, options);
  return shown(
    context,
    'admin',
    [join(backend(context.root), 'dist/main.admin.js'), ...context.args],
    productEnv(options),
  );
}

async function shown(
  { root, processes }: CommandContext,
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const child = processes.start({
    name,
    command: process.execPath,
    args,
    cwd: backend(root),
    env,
    shown: true,
    asks: true,
  });
  const { code } = await child.ended;
  return code ?? 1;
}
