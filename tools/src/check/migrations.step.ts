import { join } from 'node:path';
import { backend } from '../stack/build.js';
import { checkMigrations } from './migrations.js';
import type { CheckStep } from './step.js';

/** Fails for a migration that would block requests or break servers of the previous version. */
export const migrations: CheckStep = {
  title: 'Migration rules',
  async run({ root }) {
    const { files, problems } = checkMigrations(join(backend(root), 'prisma/migrations'));
    return { ok: problems.length === 0, summary: problems.length === 0 ? `${files} files` : problems.join('\n') };
  },
};
