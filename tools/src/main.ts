import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../launch/failure.mjs';
import { benchCommand } from './commands/bench.js';
import { checkCommand } from './commands/check.js';
import {
  adminCommand,
  backupCommand,
  migrateCommand,
  restoreCommand,
  seedCommand,
  verifyCommand,
} from './commands/database.js';
import { demoCommand } from './commands/demo.js';
import { devCommand } from './commands/dev.js';
import { drillCommand } from './commands/drill.js';
import { startCommand } from './commands/start.js';
import { testCommand } from './commands/test.js';
import { testQuickCommand } from './commands/test-quick.js';
import type { CommandContext } from './context.js';
import { picturesCommand } from './docs/pictures.js';
import { checkOptions } from './options.js';
import { releaseCommand } from './release/release.js';
import { build } from './stack/build.js';

/** By the names of the npm scripts. Each resolves to the exit code. */
const COMMANDS: Record<string, (context: CommandContext) => Promise<number>> = {
  start: startCommand,
  dev: devCommand,
  demo: demoCommand,
  test: testCommand,
  'test:quick': testQuickCommand,
  check: checkCommand,
  build: (context) => build(context).then(() => 0),
  bench: benchCommand,
  drill: drillCommand,
  pictures: picturesCommand,
  migrate: migrateCommand,
  seed: seedCommand,
  admin: adminCommand,
  backup: backupCommand,
  restore: restoreCommand,
  verify: verifyCommand,
  release: releaseCommand,
};

export async function main(context: CommandContext): Promise<number> {
  const command = COMMANDS[context.command];
  if (!command)
    throw new Failure(`Unknown command "${context.command}". Available commands: ${Object.keys(COMMANDS).join(', ')}.`);
  const help = checkOptions(context.command, context.args);
  if (help !== undefined) {
    context.terminal.line(help);
    return 0;
  }
  loadDotEnv(context);
  return command(context);
}

/** These must give the same result on every machine, whatever is configured there. */
const IGNORES_DOT_ENV = ['test', 'test:quick', 'check', 'bench', 'drill', 'pictures'];

/** Variables that are already set take precedence over .env. */
function loadDotEnv({ root, command }: CommandContext): void {
  const file = join(root, '.env');
  if (!IGNORES_DOT_ENV.includes(command) && existsSync(file)) process.loadEnvFile(file);
}
