import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Where the programs under proof lie; the same from the source and from what is built of it. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const BACKEND = `${ROOT}apps/backend/`;

/** As in production: nothing guessable, and the same for every process of one run. */
export const SECRET = 'a-secret-for-proofs-that-is-long-enough-0123456789';

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
