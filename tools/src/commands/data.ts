import { resolve } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { backup } from '../dump/backup.js';
import { restore } from '../dump/restore.js';
import { build } from '../stack/build.js';
import { openDatabase } from '../stack/database.js';
import { chosenPorts } from '../stack/ports.js';
import { migrate } from '../stack/prepare.js';

export async function backupCommand(context: CommandContext): Promise<number> {
  const file = fileFrom(context.args[0], 'npm run backup -- FILE');
  context.prepared();
  const { url } = await openDatabase(context);
  const step = context.terminal.step(`Backup to ${file}`);
  step.done(sum(await backup(url, file, step.note)));
  return 0;
}

export async function restoreCommand(context: CommandContext): Promise<number> {
  const [name, option, overwrite] = context.args;
  const file = fileFrom(name, 'npm run restore -- FILE [--overwrite DATABASE]');
  if (option !== undefined && option !== '--overwrite')
    throw new Failure(`There is no option ${option}. There is: --overwrite DATABASE`);
  await build(context, 'backend');
  context.prepared();
  const { url } = await openDatabase(context);
  await migrate(context, { databaseUrl: url, ports: chosenPorts(process.env), env: process.env });
  const step = context.terminal.step(`Restore from ${file}`);
  step.done(sum(await restore(url, { file, overwrite, note: step.note })));
  return 0;
}

function fileFrom(name: string | undefined, usage: string): string {
  if (!name) throw new Failure(`Which file? ${usage}`);
  // npm changes to the checkout's folder, and says in this variable where the person is.
  return resolve(process.env.INIT_CWD ?? process.cwd(), name);
}

function sum(rows: Record<string, number>): string {
  const counts = Object.values(rows);
  return `${counts.reduce((a, b) => a + b, 0)} rows of ${counts.length} tables`;
}
