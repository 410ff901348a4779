import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, with a trailing slash. Found by walking up, since the bench runs a compiled copy from bench/dist. */
export const ROOT = findRoot();
export const BACKEND = `${ROOT}apps/backend/`;
/** Starts the built web app. */
export const WEB_APP = `${ROOT}apps/frontend/.next/standalone/apps/frontend/start.mjs`;

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(`${folder}/package-lock.json`)) {
    if (folder === dirname(folder)) throw new Error('No folder above this file has a package-lock.json');
    folder = dirname(folder);
  }
  return `${folder}/`;
}
