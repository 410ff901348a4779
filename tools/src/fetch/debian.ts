import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { which } from './which.js';

/** Where the machine has apt, a package can be had without being installed and without being root. */
export const canFetch = (): boolean => which('apt-get') !== undefined && which('dpkg-deb') !== undefined;

/**
 * Unpacks a package of Debian or Ubuntu, and whatever it needs that this machine does not have, into a folder of the
 * checkout. Nothing of the machine changes: no service starts, nobody has to be root.
 */
export async function fetchPackage(
  context: CommandContext,
  name: string,
  note: (text: string) => void,
): Promise<string> {
  const folder = join(context.root, '.cache/debian', name);
  if (existsSync(folder)) return folder;
  const work = `${folder}.${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  for (const part of ['archives', 'root']) mkdirSync(join(work, part), { recursive: true });
  try {
    note('asking the package lists');
    await download(context, name, join(work, 'archives'), note);
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
): Promise<void> {
  const lists = join(context.root, '.cache/debian/lists');
  const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${join(context.root, '.cache/debian/cache')}`];
  // The machine's lists may be missing, or older than what the servers still have: then lists of our own.
  for (const options of [[], own]) {
    if (options.length > 0) {
      note('fetching the package lists');
      for (const path of [join(lists, 'partial'), join(context.root, '.cache/debian/cache/archives/partial')])
        mkdirSync(path, { recursive: true });
      await context.processes.run({ name: 'apt-get update', command: 'apt-get', args: [...options, '-qq', 'update'] });
    }
    const packages = missing(name, options);
    if (packages.length === 0) continue;
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

/** The package and what it needs, as far as the machine does not have it. */
function missing(name: string, options: string[]): string[] {
  const args = [...options, '-s', '-qq', '-o', 'Debug::NoLocking=1', 'install', '--no-install-recommends', name];
  const { stdout } = spawnSync('apt-get', args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, found = '']) => found);
}
