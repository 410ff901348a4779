import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Failure } from '../../launch/failure.mjs';

/** A user of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const OWN_ACCOUNT = 'mini-compete';

/** The user that runs PostgreSQL, which refuses to run as root; undefined for the current user, if that is not root. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = find('postgres') ?? find(OWN_ACCOUNT);
  if (existing) return existing;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_ACCOUNT]);
  const created = find(OWN_ACCOUNT) ?? find('nobody');
  if (created) return created;
  throw new Failure(
    'PostgreSQL cannot run as root, and no other user could be created for it. Run this command as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

export function nameOf(uid: number): string {
  return accounts().find((account) => account.uid === uid)?.name ?? `user ${uid}`;
}

function find(name: string): Account | undefined {
  return accounts().find((account) => account.name === name && account.uid !== 0);
}

function accounts(): Account[] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  } catch {
    return []; // a system without /etc/passwd: users are shown by number
  }
}

/** Checks the whole path: a readable folder is not accessible inside a home folder that only its owner can enter. */
export function canRead(account: Account, path: string): boolean {
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], { uid, gid, cwd: '/' }).status === 0;
}
