import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';
import { QUICK_PROJECTS, testsLeftOut } from '../testing/quick.js';
import { startTestCluster } from '../testing/server.js';
import { formatTally } from '../testing/tally.js';
import { runVitest } from '../testing/vitest.js';

/** The unit tests and the core of the database tests, for the loop while writing. Arguments filter them. */
export async function testQuickCommand(context: CommandContext): Promise<number> {
  // The tests read the source. Of the build they need only the generated database client.
  await build(context, 'backend');
  context.releasePrepareLock();
  const leftOut = testsLeftOut(context.root);
  const tally = await runVitest(context, {
    cluster: await startTestCluster(context),
    exclude: leftOut,
    args: [...QUICK_PROJECTS.map((project) => `--project=${project}`), ...context.args],
  });
  context.terminal.line(`\n${formatTally(tally)}`);
  context.terminal.line(
    `Not run: ${leftOut.length} files of the backend, and the tests of tools, drills and browser. npm test runs everything.`,
  );
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}
