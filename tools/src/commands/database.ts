import { join, resolve } from 'node:path';
import type { CommandContext } from '../context.js';
import { backend, build } from '../stack/build.js';
import { openDatabase } from '../stack/database.js';
import { migrate, seed } from '../stack/migrate.js';
import { readPorts } from '../stack/ports.js';
import { productEnv } from '../stack/stack.js';
import { envWithDefaults } from './start.js';

/** Without arguments applies pending migrations; with arguments runs Prisma's `migrate`, to develop the schema. */
export async function migrateCommand(context: CommandContext): Promise<number> {
  const options = await openForScript(context);
  if (context.args.length === 0) {
    await migrate(context, options);
    return 0;
  }
  const prisma = join(context.root, 'node_modules/prisma/build/index.js');
  return runInteractively(context, 'prisma', [prisma, 'migrate', ...context.args], productEnv(options));
}

export async function seedCommand(context: CommandContext): Promise<number> {
  const options = await openForScript(context);
  await migrate(context, options);
  await seed(context, options, ...context.args);
  return 0;
}

export async function adminCommand(context: CommandContext): Promise<number> {
  const options = await openForScript(context);
  await migrate(context, options);
  const script = join(backend(context.root), 'dist/main.admin.js');
  return runInteractively(context, 'admin', [script, ...context.args], productEnv(options));
}

export const backupCommand = (context: CommandContext): Promise<number> => runBackupScript(context, 'backup');
export const restoreCommand = (context: CommandContext): Promise<number> => runBackupScript(context, 'restore');
export const verifyCommand = (context: CommandContext): Promise<number> => runBackupScript(context, 'verify');

async function runBackupScript(context: CommandContext, name: string): Promise<number> {
  const options = await openForScript(context);
  const [file, ...rest] = context.args;
  // npm runs scripts in the folder of the checkout; INIT_CWD is the folder that the user ran npm in.
  const path = file === undefined ? [] : [resolve(process.env.INIT_CWD ?? process.cwd(), file)];
  const script = join(backend(context.root), 'dist/main.backup.js');
  return runInteractively(context, name, [script, name, ...path, ...rest], productEnv(options));
}

async function openForScript(context: CommandContext) {
  await build(context, 'backend');
  context.releasePrepareLock();
  const { url } = await openDatabase(context);
  return { databaseUrl: url, ports: readPorts(process.env), env: envWithDefaults(context.root) };
}

async function runInteractively(
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
    inheritOutput: true,
    interactive: true,
  });
  const { code } = await child.ended;
  return code ?? 1;
}
