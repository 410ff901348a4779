import { delimiter, dirname, join } from 'node:path';
import type { CommandContext } from '../context.js';
import { find, REDIS } from '../fetch/programs.js';
import { build, QUIET } from '../stack/build.js';

/** The figures; what it needs beside the product (PostgreSQL, load, opponents) it starts itself. */
export async function benchCommand(context: CommandContext): Promise<number> {
  const { root, args, processes } = context;
  await build(context);
  await processes.run({
    name: 'Building the bench',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'bench')],
  });
  context.prepared();
  const redis = await find(context, REDIS);
  const child = processes.start({
    name: 'bench',
    command: process.execPath,
    args: [join(root, 'bench/dist/main.js'), ...args],
    cwd: root,
    env: { ...process.env, ...QUIET, ...(redis && { PATH: `${dirname(redis)}${delimiter}${process.env.PATH}` }) },
    shown: true,
  });
  return (await child.ended).code ?? 1;
}
