import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { CommandContext } from '../context.js';
import { type Commit, releaseNotes, sectionOf, withRelease } from './changelog.js';

const USAGE = `Usage:
  npm run release -- VERSION          sets the version and writes its section of CHANGELOG.md, to be committed and tagged
  npm run release -- notes VERSION    prints that section`;
const SEMANTIC = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const PACKAGES = ['.', 'apps/backend', 'apps/frontend', 'packages/messages', 'packages/shared'];

export async function releaseCommand({ root, args, terminal }: CommandContext): Promise<number> {
  const [first = '', version = ''] = args;
  const changelog = join(root, 'CHANGELOG.md');
  if (first === 'notes' && SEMANTIC.test(version)) {
    console.log(sectionOf(readFileSync(changelog, 'utf8'), version));
    return 0;
  }
  if (!SEMANTIC.test(first) || args.length > 1) throw new Failure(USAGE);
  const last = JSON.parse(readFileSync(join(root, 'drills/last-release.json'), 'utf8'));
  const notes = releaseNotes(commitsSince(root, last.commit));
  for (const folder of PACKAGES) setVersion(join(root, folder, 'package.json'), first);
  setVersion(join(root, 'package-lock.json'), first);
  const heading = `${first} (${new Date().toISOString().slice(0, 10)})`;
  writeFileSync(changelog, withRelease(readFileSync(changelog, 'utf8'), heading, notes));
  terminal.line(`Read CHANGELOG.md, run "npm run check -- --write", commit, and tag the commit v${first}.`);
  return 0;
}

function commitsSince(root: string, commit: string): Commit[] {
  const format = '--format=%H%x1f%s%x1f%b%x1e';
  const { status, stdout, stderr } = spawnSync('git', ['log', format, `${commit}..HEAD`], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Failure(`The commits since the last release cannot be read: ${stderr}`);
  return stdout
    .split('\x1e')
    .map((entry) => entry.trim().split('\x1f'))
    .filter(([hash]) => hash)
    .map(([hash = '', subject = '', body = '']) => ({ hash, subject, body }));
}

/** The versions of our own packages, and those that they name of each other. */
const OWN_VERSION = /("name": "(?:@mini-compete\/\w+|mini-compete)",\s+"version": |"@mini-compete\/\w+": )"[^"]+"/g;

function setVersion(file: string, version: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(OWN_VERSION, `$1"${version}"`));
}
