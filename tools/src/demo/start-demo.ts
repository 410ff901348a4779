import { join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { ensureNotRunning, envWithDefaults } from '../commands/start.js';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';
import { dataFolder } from '../stack/data-folder.js';
import { ensureOwnData, openDatabase } from '../stack/database.js';
import { canSeed, migrate, seed } from '../stack/migrate.js';
import { ensureFree, type Ports } from '../stack/ports.js';
import { startStack } from '../stack/stack.js';
import { demoData } from './data.js';
import { insertDemoData, readRegistered, recreateDatabase } from './insert.js';
import { seededRandom } from './random.js';

/** The demo is the same at each start. */
const SEED = 7;

/** Starts everything with new data, in a data folder of its own. */
export async function startDemo(context: CommandContext, ports: Ports) {
  const { root } = context;
  if (!canSeed())
    throw new Failure('The demo does not run with NODE_ENV=production, because its passwords are public.');
  isolate(root);
  ensureOwnData(root);
  ensureNotRunning(root, ports);
  await ensureFree(ports, `npm run ${context.command}`);
  await build(context);
  context.releasePrepareLock();
  const database = await openDatabase(context, { longRunning: true });
  if (!database.server)
    throw new Failure('The demo drops its database, so it only uses one that it has started itself.');
  await recreateDatabase(database.url);
  const logs = join(dataFolder(root), 'log');
  const options = { databaseUrl: database.url, ports, env: envWithDefaults(root), logs };
  await migrate(context, options);
  await seed(context, options);
  const now = new Date();
  const data = demoData(seededRandom(SEED), now);
  await insertDemoData(database.url, data, now);
  // Again, for the covers of these competitions.
  await seed(context, options);
  const services = await startStack(context, options);
  return {
    parts: [...services, ...(database.server ? [database.server] : [])],
    people: data.people,
    registered: await readRegistered(database.url, data.people),
  };
}

/**
 * The demo drops its database, and its addresses belong to nobody: it must not use what the environment or .env
 * configures for `npm start`.
 */
function isolate(root: string): void {
  for (const name of Object.keys(process.env)) if (/^(DATABASE|REDIS|SMTP|MAIL)_/.test(name)) delete process.env[name];
  process.env.MINI_COMPETE_DATA = join(dataFolder(root), 'demo');
}
