import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { canFetch, fetchPackage } from './debian.js';
import { isExecutable, which } from './which.js';

interface Program {
  readonly title: string;
  /** Its names on the PATH. */
  readonly names: string[];
  /** The environment variable with its path, if it is not on the PATH. */
  readonly variable: string;
  /** Its name in Debian and Ubuntu. */
  readonly package: string;
  /** The path of the program in the unpacked package. */
  readonly path: string;
  /** Packages with files that the program looks for beside itself: they are unpacked with it, even if they are installed. */
  readonly beside?: string[];
  /** Shown when it was not found. */
  readonly hint: string;
}

export const REDIS: Program = {
  title: 'Redis',
  names: ['redis-server', 'valkey-server'],
  variable: 'REDIS_SERVER',
  package: 'redis-server',
  path: 'usr/bin/redis-server',
  hint: 'Install redis-server with your package manager, or set REDIS_SERVER to its path.',
};

export const PGBOUNCER: Program = {
  title: 'PgBouncer',
  names: ['pgbouncer'],
  variable: 'PGBOUNCER',
  package: 'pgbouncer',
  path: 'usr/sbin/pgbouncer',
  hint: 'Install pgbouncer with your package manager, or set PGBOUNCER to its path.',
};

/** Chromium without windows, menus and extensions. The same pages take half the CPU time of Chromium's own headless mode. */
const HEADLESS_CHROMIUM: Program = {
  title: 'Headless Chromium',
  names: ['chromium-headless-shell'],
  variable: 'CHROMIUM_PATH',
  package: 'chromium-headless-shell',
  path: 'usr/lib/chromium/chromium-headless-shell',
  beside: ['chromium-common'],
  hint: 'Install chromium-headless-shell, or set CHROMIUM_PATH to its path.',
};

export const CHROMIUM: Program = {
  title: 'Chromium',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'CHROMIUM_PATH',
  package: 'chromium',
  path: 'usr/lib/chromium/chromium',
  hint: 'Install Chromium or Chrome, or set CHROMIUM_PATH to its path.',
};

export const KUBECTL: Program = {
  title: 'kubectl',
  names: ['kubectl'],
  variable: 'KUBECTL',
  package: 'kubernetes-client',
  path: 'usr/bin/kubectl',
  hint: 'Install kubectl (Debian: kubernetes-client), or set KUBECTL to its path.',
};

export const PROMTOOL: Program = {
  title: 'promtool',
  names: ['promtool'],
  variable: 'PROMTOOL',
  package: 'prometheus',
  path: 'usr/bin/promtool',
  hint: 'Install prometheus with your package manager, or set PROMTOOL to the path of promtool.',
};

/** The exit code of the dynamic linker. */
const MISSING_LIBRARY = 127;
const START_TIMEOUT_MS = 60_000;

/** The path of the program, which is downloaded if it is not installed; undefined when that is not possible. */
export async function findProgram(context: CommandContext, program: Program): Promise<string | undefined> {
  const configured = process.env[program.variable];
  const step = context.terminal.step(program.title);
  const installed = configured && isExecutable(configured) ? configured : which(...program.names);
  if (installed) {
    step.done(installed);
    return installed;
  }
  try {
    const script = canFetch() ? await fetchProgram(context, program, step.note) : undefined;
    if (script) step.done('unpacked into .cache/');
    else step.failed('not found');
    return script;
  } catch (error) {
    // For example, offline: the caller skips the tests that need the program.
    step.failed(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** For tests: without windows if possible. */
export const findBrowser = async (context: CommandContext): Promise<string | undefined> =>
  (await findProgram(context, HEADLESS_CHROMIUM)) ?? (await findProgram(context, CHROMIUM));

/** Creates a script that starts the program with the libraries of the unpacked packages. */
async function fetchProgram(
  context: CommandContext,
  program: Program,
  note: (text: string) => void,
): Promise<string | undefined> {
  const root = await fetchPackage(context, program.package, note, program.beside);
  const file = join(root, program.path);
  if (!existsSync(file)) return undefined; // Ubuntu's chromium package only installs a snap
  const script = join(context.root, '.cache/bin', program.names[0] as string);
  const libraries = ['usr/lib', 'lib'].flatMap((lib) => libraryFolders(join(root, lib)));
  mkdirSync(join(context.root, '.cache/bin'), { recursive: true });
  const lines = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${libraries.join(':')}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
    // Without fonts on the system, it uses those that were downloaded as dependencies.
    `[ -d /etc/fonts ] || export FONTCONFIG_SYSROOT='${root}'`,
    `exec '${file}' "$@"`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  chmodSync(script, 0o755);
  const { status, stderr } = spawnSync(script, ['--version'], { encoding: 'utf8', timeout: START_TIMEOUT_MS });
  if (status === MISSING_LIBRARY) throw new Error(stderr.trim());
  return script;
}

/**
 * With the folders of the architecture, such as usr/lib/x86_64-linux-gnu, and those in them. Some libraries have parts in
 * a folder of their own, which they find only where they are installed.
 */
function libraryFolders(lib: string): string[] {
  const ofArchitecture = foldersIn(lib).filter((folder) => /-linux-[^/]*$/.test(folder));
  return [lib, ...ofArchitecture, ...ofArchitecture.flatMap(foldersIn)];
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}
