import { join } from 'node:path';
import type { House } from '../house.js';
import { backend, build } from '../stack/build.js';
import { openDatabase } from '../stack/database.js';
import { chosenPorts } from '../stack/ports.js';
import { migrate, seed } from '../stack/prepare.js';
import { productEnv } from '../stack/stack.js';
import { trialEnv } from './start.js';

async function withDatabase(house: House) {
  await build(house, 'backend');
  house.prepared();
  const { url } = await openDatabase(house);
  return { databaseUrl: url, ports: chosenPorts(process.env), env: trialEnv(house.root) };
}

/** Without arguments applies what is pending; with some, it is Prisma's own `migrate`, for who changes the schema. */
export async function migrateCommand(house: House): Promise<number> {
  const options = await withDatabase(house);
  if (house.args.length === 0) {
    await migrate(house, options);
    return 0;
  }
  const prisma = join(house.root, 'node_modules/prisma/build/index.js');
  return shown(house, 'prisma', [prisma, 'migrate', ...house.args], productEnv(options));
}

export async function seedCommand(house: House): Promise<number> {
  const options = await withDatabase(house);
  await migrate(house, options);
  await seed(house, options, ...house.args);
  return 0;
}

export async function adminCommand(house: House): Promise<number> {
  const options = await withDatabase(house);
  await migrate(house, options);
  return shown(house, 'admin', [join(backend(house.root), 'dist/main.admin.js'), ...house.args], productEnv(options));
}

async function shown(
  { root, processes }: House,
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
