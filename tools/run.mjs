// The door to everything: `npm start`, `npm test`, … come here. Plain JavaScript without a package, since on a fresh
// clone there is none: checks Node, installs from the lock file, builds the tools, and hands over to them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain, isFailure } from './launch/failure.mjs';
import { install } from './launch/install.mjs';
import { leaveWithNpm } from './launch/leave-with-npm.mjs';
import { lock } from './launch/lock.mjs';
import { satisfies } from './launch/node-version.mjs';
import { Processes } from './launch/processes.mjs';
import { Terminal } from './launch/terminal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'start', ...args] = process.argv.slice(2);
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

if (!satisfies(process.versions.node, engines.node)) {
  console.error(
    `Mini Compete needs Node ${engines.node}; this is ${process.versions.node}. Get it from https://nodejs.org`,
  );
  process.exit(1);
}

// What a command answers goes to standard output; how it gets there does not have to.
const terminal = new Terminal(
  ['start', 'dev', 'test', 'check', 'build', 'bench'].includes(command) ? process.stdout : process.stderr,
);
const processes = new Processes();
let stopping = false;
/** Lets the next command prepare this checkout. */
let prepared = () => {};

/** @param {number} code @param {string} [why] */
async function leave(code, why) {
  if (stopping) return processes.killAll();
  stopping = true;
  if (why) terminal.line(`\n${why}`);
  await processes.endAll();
  prepared();
  process.exit(code);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () =>
    leave(
      command === 'start' || command === 'dev' ? 0 : 130,
      stopping ? undefined : `Stopping ${processes.names().join(', ') || 'now'} …`,
    ),
  );
leaveWithNpm(() => leave(1, 'npm has ended: stopping.'));
// A terminal that is closed, or a reader such as `head` that had enough, is no reason to leave children behind.
process.stdout.on('error', () => leave(1));

try {
  const preparing = await lock(join(root, '.cache', 'prepare.lock'), `npm run ${command}`, ({ pid, about }) =>
    terminal.line(`"${about}" (process ${pid}) is preparing this checkout: waiting for it.`),
  );
  prepared = () => {
    preparing.release();
    prepared = () => {};
  };
  await install(root, processes, terminal);
  await processes.run({
    name: 'Building the tools',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'tools')],
  });
  const { main } = await import('./dist/src/main.js');
  const code = await main({ root, command, args, terminal, processes, prepared: () => prepared() });
  await leave(code);
} catch (error) {
  if (!stopping) {
    console.error(`\n${terminal.paint('red', explain(error))}`);
    await leave(isFailure(error) ? 1 : 70);
  }
}
