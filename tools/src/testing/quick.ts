import { join } from 'node:path';
import { backend } from '../stack/build.js';
import { testsThatNeed } from './needs.js';

/**
 * The tests on a real database that `npm run test:quick` runs: the rules of registering, and something of each area.
 * Each of them takes seconds. A file that waits for timeouts, starts processes or needs Redis would end that.
 */
export const CORE = [
  'src/registrations/admission/admission.test.ts',
  'src/registrations/admission/idempotency-keys.test.ts',
  'src/registrations/admission/skipping.test.ts',
  'src/registrations/mine/my-registrations.test.ts',
  'src/registrations/registrants/registrants.test.ts',
  'src/registrations/waitlist/waitlist.test.ts',
  'src/competitions/catalog/competitions.test.ts',
  'src/competitions/catalog/search.test.ts',
  'src/competitions/editing/editing.test.ts',
  'src/accounts/password/password-reset.test.ts',
  'src/accounts/sessions/current-role.test.ts',
  'src/messaging/mailbox/mailbox.test.ts',
  'src/operations/invariants/invariants.test.ts',
  'src/platform/database/time-zone.test.ts',
  'src/platform/http/problem.test.ts',
  'src/route-docs.test.ts',
];

/** Not `measuring`, nor `tools` and `drills`, whose tests start servers and whole installations. */
export const QUICK_PROJECTS = ['backend', 'bench', 'frontend', 'shared'];

/** The tests of the backend that use a database and are not in the core, relative to the folder of the backend. */
export function testsLeftOut(root: string): string[] {
  const folder = backend(root);
  const sources = ['src', 'test'].map((name) => join(folder, name));
  const useDatabase = testsThatNeed(join(folder, 'test/support/database.ts'), sources, folder);
  return useDatabase.filter((file) => !CORE.includes(file));
}
