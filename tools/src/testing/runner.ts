import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CommandContext } from '../context.js';
import { EMPTY_TALLY, type Tally, withExitCode } from './tally.js';
import { createTempFolder } from './temp-folder.js';

export interface Run<Report> {
  readonly name: string;
  readonly args: string[];
  readonly env: NodeJS.ProcessEnv;
  /** The file to which the runner writes its results. */
  readonly report: string;
  readonly read: (report: Report) => Tally;
}

/** Runs a test runner with its output on the terminal, and reads the results from its report. */
export async function runTests<Report>({ root, processes }: CommandContext, run: Run<Report>): Promise<Tally> {
  mkdirSync(dirname(run.report), { recursive: true });
  rmSync(run.report, { force: true });
  const { name, args, env } = run;
  const child = processes.start({
    name,
    command: process.execPath,
    args,
    cwd: root,
    // A runner that is interrupted leaves its folders there.
    env: { ...env, TMPDIR: createTempFolder('run') },
    inheritOutput: true,
    graceMs: 15_000,
  });
  const { code } = await child.ended;
  const tally = existsSync(run.report) ? run.read(JSON.parse(readFileSync(run.report, 'utf8'))) : EMPTY_TALLY;
  return withExitCode(tally, code);
}
