import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckStep } from './step.js';

const DOCUMENT = 'docs/testing.md';

/** Ids of defects (S15) are too short to be recognized anywhere but at the start of a title: S3 is also a storage service. */
const IN_TESTS = /\b(?!UTF)[A-Z]{2,3}-\d{2}\b|(?<=['"`](?:[A-Z]{1,3}-?\d{1,2}[,:]? )*)[RSU]\d{1,2}(?=[ ,:])/g;
const IN_DOCUMENT = /(?<=^\| )(?:[A-Z]{2,3}-\d{2}|[RSU]\d{1,2})(?= \|)/gm;

/** Every case id that a test names is listed in the document, and every listed id has a test. */
export const cases: CheckStep = {
  title: 'Documented test cases',
  async run({ root }) {
    const listed = idsIn(IN_DOCUMENT, readFileSync(join(root, DOCUMENT), 'utf8'));
    const tested = idsIn(IN_TESTS, ...testFiles(root).map((file) => readFileSync(file, 'utf8')));
    const problems = [
      ...[...tested].filter((id) => !listed.has(id)).map((id) => `${id} is named by a test and not listed`),
      ...[...listed].filter((id) => !tested.has(id)).map((id) => `${id} is listed and not named by any test`),
    ];
    if (problems.length === 0) return { ok: true, summary: `${listed.size} cases` };
    return { ok: false, summary: problems.map((problem) => `${DOCUMENT}: ${problem}`).join('\n') };
  },
};

const idsIn = (pattern: RegExp, ...texts: string[]) => new Set(texts.flatMap((text) => text.match(pattern) ?? []));

function testFiles(root: string): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts', '*.test.tsx', '*.spec.ts'];
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  // A deleted file is listed until the deletion is staged.
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((file) => join(root, file))
    .filter((file) => existsSync(file));
}
