import type { Env } from '../../platform/config/env.js';
import { migrate } from '../../platform/database/migrate.js';
import { OperatorError } from '../../platform/errors/operator-error.js';
import { backup } from './backup.js';
import { BackupFolder } from './backup-folder.js';
import { copyElsewhere } from './copy-elsewhere.js';
import { countRows } from './count-rows.js';
import { restore } from './restore.js';
import { verify } from './verify.js';

const USAGE = `Usage:
  backup [FILE]                          saves all data, by default to a new file in BACKUP_FOLDER
  restore FILE [--overwrite DATABASE]    restores a backup
  verify FILE                            restores a backup into a database of its own and checks it`;

/** Runs one command and returns what to print. `note` shows the progress. */
export async function runBackupCommand(
  {
    databaseDirectUrl: databaseUrl,
    backupFolder,
    backupCopyCommand,
  }: Pick<Env, 'databaseDirectUrl' | 'backupFolder' | 'backupCopyCommand'>,
  [command, file, ...options]: readonly string[],
  note: (text: string) => void = () => {},
): Promise<string> {
  const [option, overwrite, ...others] = options;
  const isKnown =
    option === undefined || (command === 'restore' && option === '--overwrite' && overwrite !== undefined);
  if (!isKnown || others.length > 0) throw new OperatorError(USAGE);
  if (command === 'backup' && file !== undefined)
    return `Saved ${countRows(await backup(databaseUrl, file, note))} to ${file}.`;
  if (command === 'backup') {
    if (backupFolder === null) throw new OperatorError(`Name a file, or set BACKUP_FOLDER.\n${USAGE}`);
    const saved = await new BackupFolder(backupFolder).save(databaseUrl, new Date(), note);
    const made = `Saved ${countRows(saved)} to ${saved.file}`;
    if (backupCopyCommand === null) return `${made}.`;
    note('copy');
    await copyElsewhere(backupCopyCommand);
    return `${made}, and copied BACKUP_FOLDER.`;
  }
  if (file === undefined) throw new OperatorError(USAGE);
  if (command === 'restore') {
    note('migrations');
    await migrate(databaseUrl);
    return `Restored ${countRows(await restore(databaseUrl, { file, overwrite, note }))}.`;
  }
  if (command === 'verify') {
    const saved = await verify(databaseUrl, file, note);
    return `This backup can be restored: ${countRows(saved)}, and all invariants hold.`;
  }
  throw new OperatorError(USAGE);
}
