import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { freePort } from '../free-port.js';
import { type Cluster, startCluster } from '../postgres/cluster.js';
import { createTempFolder } from './temp-folder.js';

/** A PostgreSQL server for one test run. Its data folder is deleted when this process exits. */
export async function startTestCluster(context: CommandContext): Promise<Cluster> {
  const folder = createTempFolder('test');
  return startCluster(context, {
    folder: join(folder, 'postgres'),
    port: await freePort(),
    password: 'postgres',
    durable: false,
    log: join(folder, 'postgres.log'),
  });
}
