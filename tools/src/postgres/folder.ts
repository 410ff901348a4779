import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { type Account, nameOf, reaches, serverAccount } from './account.js';
import { COMMON_PLACE } from './binaries.js';

const MAJOR = '18';

/**
 * The data folder's real place, made if it is not there. The server's user has to get into every folder above it; where
 * it cannot (a checkout in root's home), the data lie outside and `folder` is a link to them.
 */
export function prepareFolder(folder: string, account: Account | undefined): string {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  if (!existsSync(folder)) {
    rmSync(folder, { force: true }); // a link to a place that is gone
    if (!account || reaches(account, dirname(folder))) mkdirSync(folder, { mode: 0o700 });
    else {
      const place = join(COMMON_PLACE, `data-${randomBytes(6).toString('hex')}`);
      mkdirSync(place, { recursive: true, mode: 0o700 });
      symlinkSync(place, folder);
    }
    if (account) chownSync(folder, account.uid, account.gid);
  }
  const place = realpathSync(folder);
  ensureOwner(place, account);
  return place;
}

/** Asked before anything is built: root in somebody else's checkout would leave files there that its owner cannot change. */
export function ensureOurs(folder: string): void {
  if (existsSync(folder)) ensureOwner(realpathSync(folder), serverAccount());
}

function ensureOwner(place: string, account: Account | undefined): void {
  const owner = statSync(place).uid;
  const runner = account?.uid ?? process.getuid?.();
  if (runner === undefined || owner === runner) return;
  throw new Failure(
    `The data folder ${place} belongs to ${nameOf(owner)}, and the database would run as ${nameOf(runner)}. ` +
      `A checkout has one owner: run this as the user who started it first, make a clone of your own, or set DATABASE_URL.`,
  );
}

export function isInitialised(place: string): boolean {
  return existsSync(join(place, 'PG_VERSION'));
}

export function ensureVersion(place: string): void {
  const version = readFileSync(join(place, 'PG_VERSION'), 'utf8').trim();
  if (version === MAJOR) return;
  throw new Failure(
    `The data in ${place} were written by PostgreSQL ${version}; this version brings PostgreSQL ${MAJOR}. ` +
      'Make a backup with the version that wrote them (npm run backup), move the folder away, and restore (docs/operations.md).',
  );
}
