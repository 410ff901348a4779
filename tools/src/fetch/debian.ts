import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { which } from './which.js';

/** With apt and dpkg-deb, an ordinary user can download and unpack a package without installing it. */
export const canFetch = (): boolean => which('apt-get') !== undefined && which('dpkg-deb') !== undefined;

/**
 * Downloads a package of Debian or Ubuntu with its missing dependencies, and those of `beside` even if they are installed,
 * and unpacks them into a folder of the checkout.
 * Needs no root and does not change the system: nothing is installed and no service starts.
 */
export async function fetchPackage(
  context: CommandContext,
  name: string,
  note: (text: string) => void,
  beside: readonly string[] = [],
): Promise<string> {
  const folder = join(context.root, '.cache/debian', name);
  if (existsSync(folder)) return folder;
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  for (const part of ['archives', 'root']) mkdirSync(join(work, part), { recursive: true });
  try {
    note('resolving dependencies');
    await download(context, name, join(work, 'archives'), note, beside);
    const archives = readdirSync(join(work, 'archives')).filter((file) => file.endsWith('.deb'));
    for (const [i, archive] of archives.entries()) {
      note(`unpacking ${i + 1} of ${archives.length}`);
      await context.processes.run({
        name: `dpkg-deb ${archive}`,
        command: 'dpkg-deb',
        args: ['-x', join(work, 'archives', archive), join(work, 'root')],
      });
    }
    renameSync(join(work, 'root'), folder);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function download(
  context: CommandContext,
  name: string,
  folder: string,
  note: (text: string) => void,
  beside: readonly string[],
): Promise<void> {
  const lists = join(context.root, '.cache/debian/lists');
  const ownLists = [
    '-o',
    `Dir::State::Lists=${lists}`,
    '-o',
    `Dir::Cache=${join(context.root, '.cache/debian/cache')}`,
  ];
  // The package lists of the system come first. They may be missing, or so old that the mirror no longer has the files
  // that they name: then it downloads lists into the checkout.
  for (const options of [[], ownLists]) {
    if (options.length > 0) {
      note('downloading the package lists');
      for (const path of [join(lists, 'partial'), join(context.root, '.cache/debian/cache/archives/partial')])
        mkdirSync(path, { recursive: true });
      await context.processes.run({ name: 'apt-get update', command: 'apt-get', args: [...options, '-qq', 'update'] });
    }
    const missing = missingPackages(name, options);
    if (missing.length === 0) continue;
    const packages = [...new Set([...missing, ...beside])];
    note(`downloading ${packages.length} packages`);
    const child = context.processes.start({
      name: 'apt-get download',
      command: 'apt-get',
      args: [...options, '-qq', 'download', ...packages],
      cwd: folder,
    });
    if ((await child.ended).code === 0) return;
  }
  throw new Failure(`The package ${name} could not be downloaded.`);
}

/** The package and its dependencies that are not installed, as listed by a simulated installation. */
function missingPackages(name: string, options: string[]): string[] {
  const args = [...options, '-s', '-qq', '-o', 'Debug::NoLocking=1', 'install', '--no-install-recommends', name];
  const { stdout } = spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, found = '']) => found);
}
