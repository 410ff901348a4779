import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFiles } from './files.js';
import type { CheckStep } from './step.js';

const DOCUMENT = 'docs/testing.md';
const TEST_FILES = ['*.test.ts', '*.test.tsx', '*.spec.ts', '*.drill.ts'];

/** Ids of defects (S15) count only at the start of a title: elsewhere, "S3" can also be a storage service. */
const IN_TESTS = /\b(?!UTF)[A-Z]{2,3}-\d{2}\b|(?<=['"`](?:[A-Z]{1,3}-?\d{1,2}[,:]? )*)[RSU]\d{1,2}(?=[ ,:])/g;
const IN_DOCUMENT = /(?<=^\| )(?:[A-Z]{2,3}-\d{2}|[RSU]\d{1,2})(?= \|)/gm;

/** Fails when a test uses a case id that the document does not list, when no test uses a listed id, or when it is listed twice. */
export const cases: CheckStep = {
  title: 'Documented test cases',
  async run({ root }) {
    const rows = idsIn(IN_DOCUMENT, readFileSync(join(root, DOCUMENT), 'utf8'));
    const listed = new Set(rows);
    const tested = new Set(
      repositoryFiles(root, ...TEST_FILES).flatMap((file) => idsIn(IN_TESTS, readFileSync(join(root, file), 'utf8'))),
    );
    const problems = [
      ...[...tested].filter((id) => !listed.has(id)).map((id) => `${id} is used by a test but not listed`),
      ...[...listed].filter((id) => !tested.has(id)).map((id) => `${id} is listed but not used by any test`),
      ...rows.filter((id, row) => rows.indexOf(id) < row).map((id) => `${id} is listed twice`),
    ];
    if (problems.length === 0) return { ok: true, summary: `${listed.size} cases` };
    return { ok: false, summary: problems.map((problem) => `${DOCUMENT}: ${problem}`).join('\n') };
  },
};

const idsIn = (pattern: RegExp, text: string): string[] => text.match(pattern) ?? [];
