import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildEarlierVersion } from '../../tools/src/testing/earlier-version.js';
import { ROOT } from '../../tools/src/testing/paths.js';

const { version, commit } = JSON.parse(readFileSync(join(ROOT, 'drills/last-release.json'), 'utf8')) as {
  readonly version: string;
  readonly commit: string;
};

export const LAST_RELEASE = version;

/** Returns the folder of its backend. */
export const buildLastRelease = (): string => buildEarlierVersion(commit);
