import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where this checkout keeps its data. Tests set another folder, so that they can run beside `npm start`. */
export const dataFolder = (root: string) => process.env.MINI_COMPETE_DATA || join(root, '.data');

/** Reads a secret of this checkout from a file that only its owner can read; generates it the first time. */
export function persistentSecret(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8').trim();
}
