import type { Order } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';

export interface Outcome {
  readonly ok: boolean;
  /** In a few words when it is well, in as many as it takes when it is not. */
  readonly says: string;
}

export interface CheckStep {
  readonly title: string;
  readonly run: (context: CommandContext) => Promise<Outcome>;
}

/** A program whose exit code is the answer. */
export async function program(context: CommandContext, order: Omit<Order, 'command'>, well = ''): Promise<Outcome> {
  const child = context.processes.start({ ...order, command: process.execPath });
  const { code } = await child.ended;
  return code === 0 ? { ok: true, says: well } : { ok: false, says: child.tail(200).join('\n') };
}
