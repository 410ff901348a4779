// Installs the packages of package-lock.json with `npm ci`, unless node_modules already holds exactly those.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, os?: string[], cpu?: string[], optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * Compares the lock file with npm's own record of what it installed, which npm writes last: after an interrupted
 * installation it is missing.
 * @param {string} root
 */
export function isInstalled(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  return dependencies(root).every(([path, { version, integrity, link, optional, devOptional }]) => {
    const found = installed[path];
    if (!found) return Boolean(optional || devOptional); // npm leaves out those of other systems
    return Boolean(link) || (found.version === version && found.integrity === integrity);
  });
}

/**
 * @param {string} root
 * @param {import('./processes.mjs').Processes} processes
 * @param {import('./terminal.mjs').Terminal} terminal
 */
export async function install(root, processes, terminal) {
  const step = terminal.step('Packages');
  if (isInstalled(root)) return step.done('up to date with package-lock.json');
  const expected = dependencies(root).filter(([, locked]) => isForThisSystem(locked));
  const count = () => expected.filter(([path]) => existsSync(join(root, path, 'package.json'))).length;
  step.note('npm ci, takes about a minute');
  const timer = setInterval(() => step.note(`npm ci, ${count()} of ${expected.length} packages installed`), 2_000);
  timer.unref();
  try {
    const npm = npmCommand();
    // The build needs the development packages, which npm leaves out when NODE_ENV is "production".
    const args = [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress'];
    await processes.run({ name: 'npm ci', command: npm.command, args, cwd: root, env: withoutOuterNpm(process.env) });
  } catch (error) {
    step.failed();
    throw error;
  } finally {
    clearInterval(timer);
  }
  step.done(`${count()} installed`);
}

/** Everything in the lock file except the workspaces themselves. @param {string} root */
const dependencies = (root) =>
  Object.entries(readPackages(join(root, 'package-lock.json'))).filter(([path]) => path.includes('node_modules/'));

/** @param {string} file @returns {Record<string, LockedPackage>} */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** @param {LockedPackage} locked */
const isForThisSystem = ({ os, cpu }) =>
  (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);

/** The npm that started this process, or the one on the PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js') && existsSync(script)) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * Removes what an outer npm (`npm --prefix DIR start`, `npm -w …`) passes on in the environment: the inner npm would
 * install into another folder or leave packages out.
 * @param {NodeJS.ProcessEnv} env
 */
function withoutOuterNpm(env) {
  const outer =
    /^npm_(config_(local_|global_)?prefix|config_workspaces?|config_omit|config_global|lifecycle_|package_)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !outer.test(name)));
}
