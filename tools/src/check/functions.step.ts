import { join } from 'node:path';
import pg from 'pg';
import { ensureDatabase } from '../postgres/cluster.js';
import { backend } from '../stack/build.js';
import { applyMigrations, compareFunctions } from './functions.js';
import type { CheckStep } from './step.js';
import { testCluster } from './test-cluster.js';

const DATABASE = 'functions';

/** Fails when a file in prisma/functions is not the function that the migrations, applied in order, produce. */
export const functions: CheckStep = {
  title: 'SQL functions match the migrations',
  async run(context) {
    const cluster = await testCluster(context);
    await ensureDatabase(cluster, DATABASE);
    const prisma = join(backend(context.root), 'prisma');
    const client = new pg.Client({ connectionString: cluster.url(DATABASE) });
    await client.connect();
    try {
      await applyMigrations(client, join(prisma, 'migrations'));
      const problems = await compareFunctions(client, join(prisma, 'functions'));
      return { ok: problems.length === 0, summary: problems.join('\n') };
    } finally {
      await client.end();
    }
  },
};
