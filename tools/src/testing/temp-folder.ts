import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/**
 * A new folder, for example for a server's data, which is removed when this process exits. Vitest kills its workers: what
 * tests leave is removed with the folder of the whole run. When run by root, PostgreSQL runs as another user, who needs
 * access to it.
 */
export function createTempFolder(name: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `mini-compete-${name}-`));
  chmodSync(folder, 0o755);
  if (folders.size === 0) process.once('exit', removeFolders);
  folders.add(folder);
  return folder;
}

function removeFolders(): void {
  for (const folder of folders)
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A server that is just ending writes into it. Another exit code would make the tests fail.
    }
}
