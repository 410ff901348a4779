import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';

export async function buildCommand(context: CommandContext): Promise<number> {
  await build(context);
  return 0;
}
