import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backup } from './backup.js';
import type { Saved } from './format.js';

/** In the order of time. Files with other names are the operator's, and stay. */
const BACKUP = /^mini-compete-\d{8}T\d{6}Z\.gz$/;
/** A process that was killed leaves one. A younger one may still be written. */
const UNFINISHED = /^mini-compete-\d{8}T\d{6}Z\.gz\.\w+\.part$/;
const MAX_UNFINISHED_AGE_MS = 24 * 3_600_000;

export interface SavedFile extends Saved {
  readonly file: string;
}

/** The backups that were made without naming a file. */
export class BackupFolder {
  constructor(private readonly path: string) {}

  async save(databaseUrl: string, now: Date, note?: (text: string) => void): Promise<SavedFile> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const file = join(this.path, `mini-compete-${time}.gz`);
    return { file, ...(await backup(databaseUrl, file, note)) };
  }

  /** Deletes all but the latest ones. */
  async prune(keep: number, now: Date): Promise<void> {
    const names = await readdir(this.path);
    const old = names
      .filter((name) => BACKUP.test(name))
      .sort()
      .slice(0, -keep);
    for (const name of old) await rm(join(this.path, name), { force: true });
    for (const name of names.filter((name) => UNFINISHED.test(name))) {
      const { mtimeMs } = await stat(join(this.path, name));
      if (now.getTime() - mtimeMs > MAX_UNFINISHED_AGE_MS) await rm(join(this.path, name), { force: true });
    }
  }
}
