import { join, relative } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { tryLock } from '../../launch/lock.mjs';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';
import { dataFolder, persistentSecret } from '../stack/data-folder.js';
import { type Database, ensureOwnData, openDatabase } from '../stack/database.js';
import { canSeed, migrate, seed } from '../stack/migrate.js';
import { ensureFree, type Ports, readPorts } from '../stack/ports.js';
import { startStack } from '../stack/stack.js';
import { supervise } from '../stack/supervisor.js';

/** Runs until it is stopped. A process that ends is restarted; when that does not help, the command stops all and fails. */
export async function startCommand(context: CommandContext): Promise<number> {
  const { root } = context;
  const ports = readPorts(process.env);
  ensureOwnData(root);
  ensureNotRunning(root, ports);
  await ensureFree(ports);
  await build(context);
  context.releasePrepareLock();
  const database = await openDatabase(context, { longRunning: true });
  const options = { databaseUrl: database.url, ports, env: envWithDefaults(root), logs: logFolder(root) };
  await migrate(context, options);
  const seeded = canSeed();
  if (seeded) await seed(context, options);
  const services = await startStack(context, options);
  printSummary(context, ports, database, seeded);
  const parts = [...services, ...(database.server ? [database.server] : [])];
  return Promise.race(parts.map((part) => supervise(context, part)));
}

const logFolder = (root: string) => join(dataFolder(root), 'log');

/** Two runs of one checkout would build into the same folders and use the same data. Holds the lock until the process exits. */
export function ensureNotRunning(root: string, ports: Ports): void {
  const lock = tryLock(join(dataFolder(root), 'start.lock'), `http://localhost:${ports.web}`);
  if (lock.taken) return;
  const { pid, about } = lock.holder;
  throw new Failure(`Mini Compete is already running from this checkout: ${about} (process ${pid}). Stop it first.`);
}

/**
 * Defaults that are in the data folder. Outside production a missing JWT_SECRET is generated; in production the product
 * itself requires one.
 */
export function envWithDefaults(root: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ERASED_ACCOUNTS_FILE: process.env.ERASED_ACCOUNTS_FILE || join(dataFolder(root), 'erased-accounts'),
    BACKUP_FOLDER: process.env.BACKUP_FOLDER || join(dataFolder(root), 'backups'),
  };
  if (env.JWT_SECRET || env.NODE_ENV === 'production') return env;
  return { ...env, JWT_SECRET: persistentSecret(join(dataFolder(root), 'jwt-secret')) };
}

function printSummary({ root, terminal }: CommandContext, ports: Ports, database: Database, seeded: boolean): void {
  const rows = [
    ['Web app', `http://localhost:${ports.web}`],
    ['API', `http://localhost:${ports.api}/api`],
    ['API documentation', `http://localhost:${ports.api}/api/docs`],
    ['Worker', `http://localhost:${ports.worker}/health/ready`],
    ['Database', database.about],
    ['Logs', `${relative(process.cwd(), logFolder(root)) || '.'}/`],
  ];
  terminal.line();
  terminal.line(terminal.paint('bold', `Mini Compete is running (started in ${terminal.elapsed()})`));
  terminal.line();
  for (const [name = '', value] of rows) terminal.line(`  ${name.padEnd(18)} ${value}`);
  if (seeded) {
    terminal.line();
    terminal.line('  Trial accounts, all with the password password123:');
    terminal.line('    organizer1@minicompete.com and organizer2@minicompete.com');
    terminal.line('    participant1@minicompete.com to participant5@minicompete.com');
  }
  terminal.line();
  terminal.line('Press Ctrl-C to stop. Your data is kept.');
}
