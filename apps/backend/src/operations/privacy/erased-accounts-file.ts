import { open, readFile } from 'node:fs/promises';
import { Id } from '@mini-compete/shared/common';

/**
 * The ids of erased accounts, one per line, in a file that is kept beside the backups: restoring an older one brings
 * erased accounts back, and the database cannot know it.
 */
export class ErasedAccountsFile {
  constructor(private readonly path: string) {}

  /** Appending a short line is atomic. An id that is there twice does no harm. */
  async add(userId: string): Promise<void> {
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.writeFile(`${userId}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** Ignores a line that a crash has cut off. */
  async ids(): Promise<string[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return [...new Set(text.split('\n').filter((line) => Id.safeParse(line).success))];
  }
}
