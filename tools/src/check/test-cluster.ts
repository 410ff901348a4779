import type { CommandContext } from '../context.js';
import type { Cluster } from '../postgres/cluster.js';
import { startTestCluster } from '../testing/server.js';

let cluster: Promise<Cluster> | undefined;

/** One PostgreSQL for all steps: starting it takes longer than using it. */
export function testCluster(context: CommandContext): Promise<Cluster> {
  cluster ??= startTestCluster(context);
  return cluster;
}
