import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { type Account, canRead, nameOf, serverAccount } from './account.js';
import { SYSTEM_FOLDER } from './binaries.js';

const MAJOR_VERSION = '18';

/**
 * Creates the data folder if it is missing, and returns its real path. If the server's user cannot enter the checkout,
 * for example below root's home folder, the data is outside the checkout and `folder` is a link to it.
 */
export function prepareFolder(folder: string, account: Account | undefined): string {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  if (!existsSync(folder)) {
    rmSync(folder, { force: true }); // a dangling link
    if (!account || canRead(account, dirname(folder))) mkdirSync(folder, { mode: 0o700 });
    else {
      const target = join(SYSTEM_FOLDER, `data-${randomBytes(6).toString('hex')}`);
      mkdirSync(target, { recursive: true, mode: 0o700 });
      symlinkSync(target, folder);
    }
    if (account) chownSync(folder, account.uid, account.gid);
  }
  const realFolder = realpathSync(folder);
  ensureOwner(realFolder, account);
  return realFolder;
}

/** Checked before the build: after root has built in another user's checkout, that user could not change the files. */
export function ensureOwnedByUs(folder: string): void {
  if (existsSync(folder)) ensureOwner(realpathSync(folder), serverAccount());
}

function ensureOwner(folder: string, account: Account | undefined): void {
  const owner = statSync(folder).uid;
  const user = account?.uid ?? process.getuid?.();
  if (user === undefined || owner === user) return;
  throw new Failure(
    `The data folder ${folder} belongs to ${nameOf(owner)}, but the database would run as ${nameOf(user)}. ` +
      'Run this command as the user who started Mini Compete first, use a clone of your own, or set DATABASE_URL.',
  );
}

export function isInitialized(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

export function ensureVersion(folder: string): void {
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR_VERSION) return;
  throw new Failure(
    `The data in ${folder} was written by PostgreSQL ${version}, but this version of Mini Compete includes PostgreSQL ${MAJOR_VERSION}. ` +
      'Make a backup with the version that wrote the data (npm run backup), move the folder away, and restore the backup (docs/operations.md).',
  );
}
