import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { CHROMIUM, findBrowser, findProgram } from '../fetch/programs.js';
import { freePort } from '../free-port.js';
import { type Cluster, ensureDatabase } from '../postgres/cluster.js';
import { build, NO_TELEMETRY } from '../stack/build.js';
import { migrate, seed } from '../stack/migrate.js';
import { startStack } from '../stack/stack.js';
import { inheritedEnv } from '../testing/product-process.js';
import { PROGRAMS_OF_TESTS, skippedWithoutMount, testsThatUse } from '../testing/programs-of-tests.js';
import { runTests } from '../testing/runner.js';
import { startTestCluster } from '../testing/server.js';
import { SmallDisk } from '../testing/small-disk.js';
import { addTallies, EMPTY_TALLY, formatTally, fromPlaywright, type Tally } from '../testing/tally.js';
import { reportFile, runVitest } from '../testing/vitest.js';

const BROWSER = 'browser';
const SECRET = 'a-secret-for-tests-that-is-long-enough-0123456789';

/** Without arguments runs all tests, with `browser …` the browser tests; other arguments filter the other tests. */
export async function testCommand(context: CommandContext): Promise<number> {
  const { args, terminal } = context;
  const onlyBrowser = args[0] === BROWSER;
  const onlyOthers = args.length > 0 && !onlyBrowser;
  await build(context);
  context.releasePrepareLock();
  const chromium = onlyOthers ? undefined : await findBrowser(context);
  const step = terminal.step('PostgreSQL for the tests');
  const cluster = await startTestCluster(context);
  step.done();
  const missing: string[] = [];
  let tally: Tally = EMPTY_TALLY;
  if (!onlyBrowser) {
    const { programs, exclude, notes } = await findProgramsOfTests(context);
    missing.push(...notes);
    terminal.line('\nUnit, database and API tests\n');
    tally = addTallies(tally, await runVitest(context, { cluster, programs, exclude, args }));
  }
  if (!onlyOthers) {
    if (chromium) tally = addTallies(tally, await runPlaywright(context, cluster, chromium));
    else missing.push(`Chromium was not found, so the browser tests were skipped. ${CHROMIUM.hint}`);
  }
  terminal.line();
  const unmounted = onlyBrowser || SmallDisk.canMount() ? [] : [skippedWithoutMount(context.root)];
  for (const message of [...missing, ...unmounted]) terminal.line(terminal.paint('red', `SKIPPED  ${message}`));
  terminal.line(formatTally(tally));
  // Mounting takes root, which CI does not have everywhere.
  const incomplete = missing.length > 0 && Boolean(process.env.CI);
  return tally.failed > 0 || tally.passed === 0 || incomplete ? 1 : 0;
}

/** The programs by their variables, and the tests that have to be left out because a program is missing. */
async function findProgramsOfTests(context: CommandContext) {
  const programs: Record<string, string> = {};
  const exclude: string[] = [];
  const notes: string[] = [];
  for (const { program, usedBy } of PROGRAMS_OF_TESTS) {
    const path = await findProgram(context, program);
    if (path) {
      programs[program.variable] = path;
      continue;
    }
    const tests = testsThatUse(usedBy, context.root);
    exclude.push(...tests);
    notes.push(`${program.title} was not found, so these tests were skipped: ${tests.join(', ')}. ${program.hint}`);
  }
  return { programs, exclude, notes };
}

async function runPlaywright(context: CommandContext, cluster: Cluster, chromium: string): Promise<Tally> {
  const specs = join(context.root, 'e2e');
  context.terminal.line('\nBrowser tests\n');
  if (!readdirSync(specs).some((file) => file.endsWith('.spec.ts'))) return EMPTY_TALLY;
  const database = 'mini_compete_browser';
  await ensureDatabase(cluster, database);
  const [web, api, worker] = await Promise.all([freePort(), freePort(), freePort()]);
  const logs = join(context.root, '.cache/test/log');
  mkdirSync(logs, { recursive: true });
  const options = {
    databaseUrl: cluster.url(database),
    ports: { web, api, worker },
    // All sign-ups come from one address.
    env: {
      ...inheritedEnv(),
      ...NO_TELEMETRY,
      NODE_ENV: 'test',
      JWT_SECRET: SECRET,
      RATE_LIMITS: 'off',
      TRUSTED_HOPS: '1',
    },
    logs,
  };
  await migrate(context, options);
  await seed(context, options);
  await startStack(context, options);
  const report = reportFile(context, 'browser');
  const [, ...filter] = context.args[0] === BROWSER ? context.args : [BROWSER];
  return runTests(context, {
    name: 'playwright',
    args: [join(context.root, 'node_modules/@playwright/test/cli.js'), 'test', ...filter],
    env: {
      ...inheritedEnv(),
      ...NO_TELEMETRY,
      E2E_WEB_URL: `http://localhost:${web}`,
      E2E_API_URL: `http://localhost:${api}`,
      E2E_DATABASE_URL: options.databaseUrl,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
    report,
    read: fromPlaywright,
  });
}
