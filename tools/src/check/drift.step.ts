import { join } from 'node:path';
import { backend } from '../stack/build.js';
import { startTestCluster } from '../testing/server.js';
import { type CheckStep, program } from './step.js';

/** The migrations, applied from the first to the last, end in what schema.prisma says. */
export const drift: CheckStep = {
  title: 'Migrations and schema',
  async run(context) {
    const cluster = await startTestCluster(context);
    return program(context, {
      name: 'prisma migrate diff',
      args: [
        join(context.root, 'node_modules/prisma/build/index.js'),
        ...[
          'migrate',
          'diff',
          '--exit-code',
          '--from-migrations',
          'prisma/migrations',
          '--to-schema',
          'prisma/schema.prisma',
        ],
      ],
      cwd: backend(context.root),
      env: { ...process.env, DATABASE_URL: cluster.url('postgres'), CHECKPOINT_DISABLE: '1' },
    });
  },
};
