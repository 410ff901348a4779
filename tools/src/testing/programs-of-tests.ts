import { join } from 'node:path';
import { KUBECTL, PGBOUNCER, PROMTOOL, REDIS } from '../fetch/programs.js';
import { testsThatNeed } from './needs.js';

/** Programs that some tests need, each with the file that runs it. */
export const PROGRAMS_OF_TESTS = [
  { program: REDIS, usedBy: 'tools/src/testing/redis.ts' },
  { program: PGBOUNCER, usedBy: 'apps/backend/test/support/pgbouncer.ts' },
  { program: PROMTOOL, usedBy: 'tools/src/deploy/promtool.ts' },
  { program: KUBECTL, usedBy: 'tools/src/deploy/manifests.ts' },
];

/** The projects with such tests, and their folders of sources. */
const PROJECTS = [
  { project: 'apps/backend', folders: ['src', 'test'] },
  { project: 'tools', folders: ['src'] },
  { project: 'drills', folders: ['.'] },
];

/** The tests that use the file, directly or through other files. Their paths are relative to the folder of their project. */
export const testsThatUse = (file: string, root: string): string[] =>
  PROJECTS.flatMap(({ project, folders }) => {
    const folder = join(root, project);
    return testsThatNeed(
      join(root, file),
      folders.map((name) => join(folder, name)),
      folder,
    );
  });

/** Says which tests leave themselves out where this user may not mount a file system. */
export function skippedWithoutMount(root: string): string {
  const tests = testsThatUse('tools/src/testing/small-disk.ts', root);
  return `This user may not mount a file system, so these tests were skipped: ${tests.join(', ')}. As root: npm run drill -- disk.`;
}
