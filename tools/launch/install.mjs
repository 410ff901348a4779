// node_modules as package-lock.json says: left alone when it is so already, made by `npm ci` when it is not.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, os?: string[], cpu?: string[], optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.installed-for');

/** What an installation depends on. @param {string} root */
export function fingerprint(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  const platform = `${process.platform} ${process.arch} ${process.versions.modules}`;
  return createHash('sha256').update(lock).update(platform).digest('hex');
}

/**
 * Whether nothing is to be done. Without our stamp, somebody ran npm by hand: then npm's own record is compared.
 * @param {string} root
 */
export function isInstalled(root) {
  if (existsSync(stampFile(root)))
    return readFileSync(stampFile(root), 'utf8') === fingerprint(root) || sameAsRecord(root);
  return sameAsRecord(root);
}

/** @param {string} root */
function sameAsRecord(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(record);
  return Object.entries(wanted).every(([path, { version, integrity, link, optional, devOptional }]) => {
    if (!path.includes('node_modules/')) return true; // the workspaces themselves
    const found = present[path];
    if (!found) return Boolean(optional || devOptional);
    return Boolean(link) || (found.version === version && found.integrity === integrity);
  });
}

/** @param {LockedPackage} locked */
const isForHere = ({ os, cpu }) => (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);

/** @param {string} file @returns {Record<string, LockedPackage>} */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * @param {string} root
 * @param {import('./processes.mjs').Processes} processes
 * @param {import('./terminal.mjs').Terminal} terminal
 */
export async function install(root, processes, terminal) {
  const step = terminal.step('Packages');
  if (isInstalled(root)) {
    if (!existsSync(stampFile(root))) writeFileSync(stampFile(root), fingerprint(root));
    return step.done('as the lock file says');
  }
  const paths = Object.entries(lockedPackages(join(root, 'package-lock.json')))
    .filter(([path, locked]) => path.includes('node_modules/') && isForHere(locked))
    .map(([path]) => path);
  const count = () => paths.filter((path) => existsSync(join(root, path, 'package.json'))).length;
  step.note('npm ci, about a minute');
  const timer = setInterval(() => step.note(`npm ci, ${count()} of ${paths.length} packages in place`), 2_000);
  timer.unref();
  try {
    const npm = npmCommand();
    // Development packages are part of the build, whatever NODE_ENV says.
    const args = [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress'];
    await processes.run({ name: 'npm ci', command: npm.command, args, cwd: root, env: withoutOuterNpm(process.env) });
  } catch (error) {
    step.failed();
    throw error;
  } finally {
    clearInterval(timer);
  }
  writeFileSync(stampFile(root), fingerprint(root));
  step.done(`${count()} installed`);
}

function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js') && existsSync(script)) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** `npm --prefix here start` and the like tell an inner npm to work elsewhere. @param {NodeJS.ProcessEnv} env */
function withoutOuterNpm(env) {
  const foreign =
    /^npm_(config_(local_|global_)?prefix|config_workspaces?|config_omit|config_global|lifecycle_|package_)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
