import { delimiter, dirname, join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { CHROMIUM, findBrowser, findProgram, REDIS } from '../fetch/programs.js';
import { build, NO_TELEMETRY } from '../stack/build.js';

/** Runs the benchmarks, which start PostgreSQL, the product, the load and the baselines themselves. */
export async function benchCommand(context: CommandContext): Promise<number> {
  const { root, args, processes } = context;
  await build(context);
  await processes.run({
    name: 'Building the bench',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'bench')],
  });
  context.releasePrepareLock();
  const redis = await findProgram(context, REDIS);
  const chromium = await findBrowser(context);
  if (chromium === undefined) throw new Failure('The bench opens the page of a door in Chromium.', [CHROMIUM.hint]);
  const path = redis && { PATH: `${dirname(redis)}${delimiter}${process.env.PATH}` };
  const child = processes.start({
    name: 'bench',
    command: process.execPath,
    args: [join(root, 'bench/dist/bench/src/main.js'), ...args],
    cwd: root,
    env: { ...process.env, ...NO_TELEMETRY, ...path, CHROMIUM_PATH: chromium },
    inheritOutput: true,
  });
  return (await child.ended).code ?? 1;
}
