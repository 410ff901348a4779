import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for a server's data. When run by root, PostgreSQL runs as another user, who needs access to it. */
export function createTempFolder(name: string): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `mini-compete-${name}-`));
  chmodSync(folder, 0o755);
  return folder;
}
