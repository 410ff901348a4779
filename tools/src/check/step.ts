import type { ProcessOptions } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';

export interface Outcome {
  readonly ok: boolean;
  /** A short text after success, all problems after a failure. */
  readonly summary: string;
}

export interface CheckStep {
  readonly title: string;
  readonly run: (context: CommandContext) => Promise<Outcome>;
}

/** Runs a Node program; exit code 0 is success. */
export async function runProgram(context: CommandContext, options: Omit<ProcessOptions, 'command'>): Promise<Outcome> {
  const child = context.processes.start({ ...options, command: process.execPath });
  const { code } = await child.ended;
  return code === 0 ? { ok: true, summary: '' } : { ok: false, summary: child.tail(200).join('\n') };
}
