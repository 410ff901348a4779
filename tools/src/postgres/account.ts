import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Failure } from '../../launch/failure.mjs';

/** Whom the server runs as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const CANDIDATES = ['postgres', 'mini-compete'];

/** PostgreSQL refuses to run as root: then an ordinary user of the machine does it. Everybody else runs it themselves. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const present = CANDIDATES.map(find).find((account) => account !== undefined);
  if (present) return present;
  const name = CANDIDATES[1] as string;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const made = find(name) ?? find('nobody');
  if (made) return made;
  throw new Failure(
    'PostgreSQL does not run as root, and no ordinary user could be made for it: run this as an ordinary user, or set DATABASE_URL to a server of yours.',
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
    return [];
  }
}

/** Whether that user can get there: a folder below a home that only its owner may enter is out of reach. */
export function reaches(account: Account, path: string): boolean {
  const { uid, gid } = account;
  return spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', path], { uid, gid, cwd: '/' }).status === 0;
}
