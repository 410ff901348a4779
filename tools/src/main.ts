import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../launch/failure.mjs';
import { benchCommand } from './commands/bench.js';
import { buildCommand } from './commands/build.js';
import { checkCommand } from './commands/check.js';
import { backupCommand, restoreCommand } from './commands/data.js';
import { adminCommand, migrateCommand, seedCommand } from './commands/database.js';
import { devCommand } from './commands/dev.js';
import { startCommand } from './commands/start.js';
import { testCommand } from './commands/test.js';
import type { CommandContext } from './context.js';

const COMMANDS: Record<string, (context: CommandContext) => Promise<number>> = {
  start: startCommand,
  dev: devCommand,
  test: testCommand,
  check: checkCommand,
  build: buildCommand,
  bench: benchCommand,
  migrate: migrateCommand,
  seed: seedCommand,
  admin: adminCommand,
  backup: backupCommand,
  restore: restoreCommand,
};

export async function main(context: CommandContext): Promise<number> {
  const command = COMMANDS[context.command];
  if (!command)
    throw new Failure(`There is no command "${context.command}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  useDotEnv(context);
  return command(context);
}

/** Tests and checks are the same for everybody, whatever somebody has configured for a trial. */
const WITHOUT_CONFIGURATION = ['test', 'check', 'bench'];

/** What is set in the shell wins. */
function useDotEnv({ root, command }: CommandContext): void {
  const file = join(root, '.env');
  if (!WITHOUT_CONFIGURATION.includes(command) && existsSync(file)) process.loadEnvFile(file);
}
