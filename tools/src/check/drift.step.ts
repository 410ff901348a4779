import { join } from 'node:path';
import { backend, NO_TELEMETRY } from '../stack/build.js';
import { type CheckStep, runProgram } from './step.js';
import { testCluster } from './test-cluster.js';

/** Fails when the migrations, applied in order, do not produce the tables of schema.prisma. */
export const drift: CheckStep = {
  title: 'Migrations match schema.prisma',
  async run(context) {
    const cluster = await testCluster(context);
    return runProgram(context, {
      name: 'prisma migrate diff',
      args: [
        join(context.root, 'node_modules/prisma/build/index.js'),
        ...['migrate', 'diff', '--exit-code'],
        ...['--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma'],
      ],
      cwd: backend(context.root),
      env: { ...process.env, ...NO_TELEMETRY, DATABASE_URL: cluster.url('postgres') },
    });
  },
};
