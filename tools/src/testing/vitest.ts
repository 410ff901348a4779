import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { CommandContext } from '../context.js';
import { REDIS } from '../fetch/programs.js';
import type { Cluster } from '../postgres/cluster.js';
import { NO_TELEMETRY } from '../stack/build.js';
import { inheritedEnv } from './product-process.js';
import { runTests } from './runner.js';
import { fromVitest, type Tally } from './tally.js';

export interface VitestOptions {
  readonly cluster: Cluster;
  /** The paths of programs, by the variables that tell them to the tests. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Paths relative to the folder of their project. */
  readonly exclude?: readonly string[];
  /** Further arguments, such as filters. */
  readonly args: readonly string[];
}

export function runVitest(context: CommandContext, options: VitestOptions): Promise<Tally> {
  const { cluster, programs = {}, exclude = [], args } = options;
  const redis = programs[REDIS.variable];
  const report = reportFile(context, 'vitest');
  return runTests(context, {
    name: 'vitest',
    args: [
      join(context.root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...args,
    ],
    env: {
      ...inheritedEnv(),
      ...NO_TELEMETRY,
      TEST_POSTGRES_URL: cluster.url('postgres'),
      ...programs,
      ...leaveOut(exclude),
      ...(redis && { PATH: `${dirname(redis)}${delimiter}${process.env.PATH}` }),
    },
    report,
    read: fromVitest,
  });
}

/** For vitest.config.ts. */
export const leaveOut = (files: readonly string[]) => ({ TESTS_LEFT_OUT: files.join(',') });

/** Where a runner writes its results. */
export function reportFile({ root }: CommandContext, name: string): string {
  const folder = join(root, '.cache/test');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}-${process.pid}.json`);
}
