import { resolve } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { backup } from '../backup/backup.js';
import { restore } from '../backup/restore.js';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';
import { openDatabase } from '../stack/database.js';
import { migrate } from '../stack/migrate.js';
import { readPorts } from '../stack/ports.js';

export async function backupCommand(context: CommandContext): Promise<number> {
  const file = fileFrom(context.args[0], 'npm run backup -- FILE');
  context.releasePrepareLock();
  const { url } = await openDatabase(context);
  const step = context.terminal.step(`Backup to ${file}`);
  step.done(summary(await backup(url, file, step.note)));
  return 0;
}

export async function restoreCommand(context: CommandContext): Promise<number> {
  const [name, option, overwrite] = context.args;
  const file = fileFrom(name, 'npm run restore -- FILE [--overwrite DATABASE]');
  if (option !== undefined && option !== '--overwrite')
    throw new Failure(`Unknown option ${option}. Available: --overwrite DATABASE`);
  await build(context, 'backend');
  context.releasePrepareLock();
  const { url } = await openDatabase(context);
  await migrate(context, { databaseUrl: url, ports: readPorts(process.env), env: process.env });
  const step = context.terminal.step(`Restore from ${file}`);
  step.done(summary(await restore(url, { file, overwrite, note: step.note })));
  return 0;
}

function fileFrom(name: string | undefined, usage: string): string {
  if (!name) throw new Failure(`The name of a file is missing. Usage: ${usage}`);
  // npm runs scripts in the folder of the checkout; INIT_CWD is the folder that the user ran npm in.
  return resolve(process.env.INIT_CWD ?? process.cwd(), name);
}

function summary(rows: Record<string, number>): string {
  const counts = Object.values(rows);
  return `${counts.reduce((a, b) => a + b, 0)} rows in ${counts.length} tables`;
}
