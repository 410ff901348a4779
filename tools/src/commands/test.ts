import { mkdirSync, readdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import type { CommandContext } from '../context.js';
import { CHROMIUM, find, REDIS } from '../fetch/programs.js';
import { type Cluster, ensureDatabase } from '../postgres/cluster.js';
import { backend, build, QUIET } from '../stack/build.js';
import { freePort } from '../stack/ports.js';
import { migrate, seed } from '../stack/prepare.js';
import { startStack } from '../stack/stack.js';
import { testsThatNeed } from '../testing/needs.js';
import { runTests } from '../testing/runner.js';
import { startTestCluster } from '../testing/server.js';
import { add, inWords, NONE, ofPlaywright, ofVitest, type Tally } from '../testing/tally.js';

const BROWSER = 'browser';
const SECRET = 'a-secret-for-tests-that-is-long-enough-0123456789';

/** Without arguments everything; `browser …` the browser tests; anything else is a filter for the others. */
export async function testCommand(context: CommandContext): Promise<number> {
  const { args, terminal } = context;
  const onlyBrowser = args[0] === BROWSER;
  const onlyOthers = args.length > 0 && !onlyBrowser;
  await build(context);
  context.prepared();
  const redis = onlyBrowser ? undefined : await find(context, REDIS);
  const chromium = onlyOthers ? undefined : await find(context, CHROMIUM);
  const step = terminal.step('PostgreSQL for the tests');
  const cluster = await startTestCluster(context);
  step.done();
  const missing: string[] = [];
  let tally: Tally = NONE;
  if (!onlyBrowser) {
    const without = redis ? [] : needRedis(context.root);
    if (!redis) missing.push(`${without.join(', ')} did not run, for want of Redis: ${REDIS.how}.`);
    tally = add(tally, await vitest(context, cluster, redis, without));
  }
  if (!onlyOthers) {
    if (chromium) tally = add(tally, await browser(context, cluster, chromium));
    else missing.push(`The browser tests did not run: ${CHROMIUM.how}.`);
  }
  terminal.line();
  for (const sentence of missing) terminal.line(terminal.paint('red', `NOT RUN  ${sentence}`));
  terminal.line(inWords(tally));
  const incomplete = missing.length > 0 && Boolean(process.env.CI);
  return tally.failed > 0 || tally.passed === 0 || incomplete ? 1 : 0;
}

async function vitest(context: CommandContext, cluster: Cluster, redis: string | undefined, without: string[]) {
  context.terminal.line('\nUnit, database and API tests\n');
  const report = reportFile(context, 'vitest');
  return runTests(context, {
    name: 'vitest',
    args: [
      join(context.root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...without.map((file) => `--exclude=**/${basename(file)}`),
      ...context.args,
    ],
    env: {
      ...cleanEnv(),
      TEST_POSTGRES_URL: cluster.url('postgres'),
      ...(redis && { PATH: `${dirname(redis)}${delimiter}${process.env.PATH}`, REDIS_SERVER: redis }),
    },
    report,
    read: ofVitest,
  });
}

async function browser(context: CommandContext, cluster: Cluster, chromium: string): Promise<Tally> {
  const specs = join(context.root, 'e2e');
  context.terminal.line('\nBrowser tests\n');
  if (!readdirSync(specs).some((file) => file.endsWith('.spec.ts'))) return NONE;
  const database = 'mini_compete_browser';
  await ensureDatabase(cluster, database);
  const [web, api, worker] = await Promise.all([freePort(), freePort(), freePort()]);
  const logs = join(context.root, '.cache/test/log');
  mkdirSync(logs, { recursive: true });
  const options = {
    databaseUrl: cluster.url(database),
    ports: { web, api, worker },
    // Many people sign up from this one address.
    env: { ...cleanEnv(), NODE_ENV: 'test', JWT_SECRET: SECRET, RATE_LIMITS: 'off', TRUSTED_HOPS: '1' },
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
      ...cleanEnv(),
      E2E_WEB_URL: `http://localhost:${web}`,
      E2E_API_URL: `http://localhost:${api}`,
      E2E_DATABASE_URL: options.databaseUrl,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
    report,
    read: ofPlaywright,
  });
}

function needRedis(root: string): string[] {
  const folders = ['src', 'test'].map((folder) => join(backend(root), folder));
  return testsThatNeed(join(backend(root), 'test/redis.ts'), folders, root);
}

const reportFile = ({ root }: CommandContext, name: string) => join(root, '.cache/test', `${name}-${process.pid}.json`);

/** The product's own variables, set for a copy that runs, are nobody's business in a test. */
function cleanEnv(): NodeJS.ProcessEnv {
  const product =
    /^(DATABASE_|REDIS_|JWT_|PORT$|BACKEND_|WORKER_|HOST$|FRONTEND_|NEXT_PUBLIC_|CRON_|SMTP_|MAIL_|OTEL_|NODE_ENV$|LOG_LEVEL$|RATE_|WEB_|TRUSTED_)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !product.test(name))), ...QUIET };
}
