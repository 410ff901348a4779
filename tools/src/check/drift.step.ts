import { join } from 'node:path';
import { backend } from '../stack/build.js';
import { startTestCluster } from '../testing/server.js';
import { type CheckStep, program } from './step.js';

/** The migrations, applied from the first to the last, end in what schema.prisma says. */
export const drift: CheckStep = {
  title: 'Migrations and schema',
  async run(house) {
    const cluster = await startTestCluster(house);
    return program(house, {
      name: 'prisma migrate diff',
      args: [
        join(house.root, 'node_modules/prisma/build/index.js'),
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
      cwd: backend(house.root),
      env: { ...process.env, DATABASE_URL: cluster.url('postgres'), CHECKPOINT_DISABLE: '1' },
    });
  },
};
