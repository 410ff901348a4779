import { join, relative } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import { tryLock } from '../../launch/lock.mjs';
import type { CommandContext } from '../context.js';
import { build } from '../stack/build.js';
import { type Database, dataFolder, ensureOwnData, openDatabase } from '../stack/database.js';
import { chosenPorts, ensureFree, type Ports } from '../stack/ports.js';
import { mayBeSeeded, migrate, seed } from '../stack/prepare.js';
import { keptSecret } from '../stack/secrets.js';
import { died, firstToDie, startStack } from '../stack/stack.js';

export async function startCommand(context: CommandContext): Promise<number> {
  const { root, terminal } = context;
  const ports = chosenPorts(process.env);
  ensureOwnData(root);
  onlyOne(root, ports);
  await ensureFree(ports);
  await build(context);
  context.prepared();
  const database = await openDatabase(context, { forLong: true });
  const options = { databaseUrl: database.url, ports, env: trialEnv(root), logs: join(dataFolder(root), 'log') };
  await migrate(context, options);
  const seeded = mayBeSeeded() && (await seed(context, options));
  const parts = await startStack(context, options);
  greet(context, ports, database, seeded);
  const children = [...parts.map((part) => part.child), ...(database.server ? [database.server] : [])];
  const gone = await firstToDie(children);
  terminal.line();
  throw died(gone);
}

/** Two of one checkout would fight over ports, data and the files of the build. */
export function onlyOne(root: string, ports: Ports): void {
  const lock = tryLock(join(dataFolder(root), 'start.lock'), `http://localhost:${ports.web}`);
  if (lock.taken) return;
  const { pid, about } = lock.holder;
  throw new Failure(
    `Mini Compete runs from this checkout already: ${about} (process ${pid}). End that one first, or use it.`,
  );
}

/** Nobody has to invent one for a trial, and nobody can guess it. In production the product asks for a real one. */
export function trialEnv(root: string): NodeJS.ProcessEnv {
  if (process.env.JWT_SECRET || process.env.NODE_ENV === 'production') return process.env;
  return { ...process.env, JWT_SECRET: keptSecret(join(dataFolder(root), 'jwt-secret')) };
}

function greet({ root, terminal }: CommandContext, ports: Ports, database: Database, seeded: boolean): void {
  const rows = [
    ['Web app', `http://localhost:${ports.web}`],
    ['API', `http://localhost:${ports.api}/api`],
    ['API documentation', `http://localhost:${ports.api}/api/docs`],
    ['Worker', `http://localhost:${ports.worker}/health/ready`],
    ['Database', database.about],
    ['Logs', `${relative(process.cwd(), join(dataFolder(root), 'log')) || '.'}/`],
  ];
  terminal.line();
  terminal.line(terminal.paint('bold', `Mini Compete is up after ${terminal.elapsed()}`));
  terminal.line();
  for (const [name = '', value] of rows) terminal.line(`  ${name.padEnd(18)} ${value}`);
  if (seeded) {
    terminal.line();
    terminal.line('  Accounts to try it, all with the password password123:');
    terminal.line('    organizer1@minicompete.com and organizer2@minicompete.com');
    terminal.line('    participant1@minicompete.com to participant5@minicompete.com');
  }
  terminal.line();
  terminal.line('Ctrl-C ends all of it; the data stay.');
}
