import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The tracked and the new files of the repository that match one of the patterns; without patterns, all of them. */
export function repositoryFiles(root: string, ...patterns: string[]): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const { stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  // A deleted file is listed until the deletion is staged, and a file with a merge conflict several times.
  return [...new Set(stdout.split('\0'))].filter((file) => file && existsSync(join(root, file)));
}
