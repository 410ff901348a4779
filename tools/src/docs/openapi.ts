import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { backend } from '../stack/build.js';

/** What the API says of itself, as the file that is committed for readers and generators of clients. */
export async function openApiDocument(root: string): Promise<string> {
  return execFileSync(process.execPath, [join(backend(root), 'dist/main.openapi.js')], { encoding: 'utf8' });
}
