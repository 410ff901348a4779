import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** More than 20 s each. Below the root of the repository. */
export const SLOW = [
  'apps/backend/test/e2e/faults.test.ts',
  'tools/src/commands/start.test.ts',
  'apps/backend/test/e2e/desync/desync.test.ts',
  'apps/backend/src/registrations/announcements/announcements.test.ts',
  'apps/backend/test/e2e/silent-database.test.ts',
  'apps/backend/src/competitions/staff/sabotage.test.ts',
  'apps/backend/src/registrations/removals/removals.test.ts',
  'apps/backend/src/registrations/competition-changes/competition-changes.test.ts',
  'apps/backend/test/e2e/entry-points.test.ts',
  'apps/backend/test/model/model.test.ts',
  'apps/backend/test/model/teams/teams.test.ts',
];

/**
 * Starts the slow files first. By default Vitest runs the projects one after the other and large files first, so a slow
 * one that starts last runs alone, and the other workers have nothing to do for a minute.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const slow = SLOW.flatMap((path) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${path}`)));
    return [...slow, ...sorted.filter((file) => !slow.includes(file))];
  }
}
