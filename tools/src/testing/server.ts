import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { type Cluster, startCluster } from '../postgres/cluster.js';
import { freePort } from '../stack/ports.js';

/** A PostgreSQL for one run, beside any other. Its data go with the process. */
export async function startTestCluster(context: CommandContext): Promise<Cluster> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-test-'));
  chmodSync(folder, 0o755); // as root, the server runs as another user, who has to get in
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return startCluster(context, {
    folder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'postgres',
    durable: false,
    log: join(folder, 'postgres.log'),
  });
}
