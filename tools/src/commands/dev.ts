import { join } from 'node:path';
import type { CommandContext } from '../context.js';
import { freePort } from '../free-port.js';
import { backend, build, frontend } from '../stack/build.js';
import { ensureOwnData, openDatabase } from '../stack/database.js';
import { canSeed, migrate, seed } from '../stack/migrate.js';
import { ensureFree, readPorts } from '../stack/ports.js';
import { firstExit, productEnv, unexpectedExit } from '../stack/stack.js';
import { ensureNotRunning, envWithDefaults } from './start.js';

/** Like `start`, but compiles and restarts on changes. */
export async function devCommand(context: CommandContext): Promise<number> {
  const { root, terminal, processes } = context;
  const ports = readPorts(process.env);
  ensureOwnData(root);
  ensureNotRunning(root, ports);
  await ensureFree(ports);
  await build(context, 'backend');
  context.releasePrepareLock();
  const database = await openDatabase(context, { longRunning: true });
  const options = { databaseUrl: database.url, ports, env: envWithDefaults(root) };
  await migrate(context, options);
  if (canSeed()) await seed(context, options);

  const webPort = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...productEnv(options),
    WEB_URL: `http://127.0.0.1:${webPort}`,
    BACKEND_URL: `http://127.0.0.1:${ports.api}`,
    FORCE_COLOR: terminal.out.isTTY ? '1' : '0',
  };
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const next = join(root, 'node_modules/next/dist/bin/next');
  const dist = join(backend(root), 'dist');
  const run = (name: string, cwd: string, ...args: string[]) =>
    processes.start({
      ...{ name, command: process.execPath, args, cwd, env },
      onLine: (line) => terminal.line(`${terminal.paint('dim', name.padEnd(8))} ${line}`),
    });
  terminal.line(
    `\nWeb app http://localhost:${ports.web}   API http://localhost:${ports.api}/api/docs   Database: ${database.about}\n`,
  );
  const exited = await firstExit([
    run('compiler', root, tsc, '-b', '--watch', '--preserveWatchOutput', 'apps/backend'),
    run('api', backend(root), '--watch', join(dist, 'main.dev.js')),
    run('worker', backend(root), '--watch', join(dist, 'main.worker.js')),
    run('web', frontend(root), next, 'dev', '-p', String(webPort), '-H', '127.0.0.1'),
    ...(database.server ? [database.server.child] : []),
  ]);
  throw unexpectedExit(exited);
}
