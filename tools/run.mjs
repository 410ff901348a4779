// The entry point of every npm script. Plain JavaScript without dependencies, because a fresh clone has none.
//
// Why this launcher exists: a clone and `npm start` (or `npm test`) are enough, without a third command to install or
// build, without Docker and without an installed database. npm scripts alone cannot do that. They do not check the Node
// version or the lock file, two of them at once install and build over each other, and when npm is killed, the servers
// that a script started keep running, with their ports and their data folder. So this file checks Node, installs from
// the lock file and builds tools/src, one process at a time, and then runs the command. launch/watchdog.mjs stops every
// process it starts, however this one ends.
//
// It can be removed once Docker may be required: `docker compose up` replaces it. The build of tools/src can be removed
// earlier, once the oldest supported Node runs TypeScript without a build.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWithNpm } from './launch/exit-with-npm.mjs';
import { explain, isFailure } from './launch/failure.mjs';
import { install } from './launch/install.mjs';
import { lock } from './launch/lock.mjs';
import { satisfies } from './launch/node-version.mjs';
import { Processes } from './launch/processes.mjs';
import { Terminal } from './launch/terminal.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [command = 'start', ...args] = process.argv.slice(2);
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

if (!satisfies(process.versions.node, engines.node)) {
  console.error(
    `Mini Compete needs Node.js ${engines.node}, but this is ${process.versions.node}. Get a supported version from https://nodejs.org`,
  );
  process.exit(1);
}

// The output of the other commands (migrate, admin, backup …) may be piped: their progress goes to standard error.
const terminal = new Terminal(
  ['start', 'dev', 'demo', 'test', 'test:quick', 'check', 'build', 'bench', 'drill', 'pictures'].includes(command)
    ? process.stdout
    : process.stderr,
);
const processes = new Processes();
let stopping = false;
/** Lets the next command install and build in this checkout. */
let releasePrepareLock = () => {};

/** @param {number} code @param {string} [reason] */
async function shutDown(code, reason) {
  if (stopping) return;
  stopping = true;
  if (reason) terminal.line(`\n${reason}`);
  await processes.stopAll();
  releasePrepareLock();
  process.exit(code);
}

/** For event handlers, which cannot await. @param {number} code @param {string} [reason] */
function requestShutDown(code, reason) {
  shutDown(code, reason).catch((error) => {
    console.error(explain(error));
    process.exit(70);
  });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    if (stopping) return processes.killAll();
    const names = processes.names().join(', ') || 'now';
    requestShutDown(['start', 'dev', 'demo'].includes(command) ? 0 : 130, `Stopping ${names} …`);
  });
exitWithNpm(() => requestShutDown(1, 'npm has exited: stopping.'));
/** Only lines of the output are lost: the disk is full, a quota is used up, or the file has the largest size allowed. */
const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];
for (const output of [process.stdout, process.stderr])
  output.on('error', (/** @type {NodeJS.ErrnoException} */ { code = '' }) => {
    // EPIPE or EIO: the terminal was closed, or a reader such as `head` has exited.
    if (!NO_ROOM.includes(code)) requestShutDown(1);
  });

try {
  const prepareLock = await lock(join(root, '.cache/prepare.lock'), `npm run ${command}`, ({ pid, about }) =>
    terminal.line(`Waiting for "${about}" (process ${pid}), which is installing or building in this checkout.`),
  );
  releasePrepareLock = () => {
    prepareLock.release();
    releasePrepareLock = () => {};
  };
  await install(root, processes, terminal);
  await processes.run({
    name: 'Building the tools',
    command: process.execPath,
    args: [join(root, 'node_modules/typescript/bin/tsc'), '-b', join(root, 'tools')],
  });
  const { main } = await import('./dist/src/main.js');
  const code = await main({
    ...{ root, command, args, terminal, processes },
    releasePrepareLock: () => releasePrepareLock(),
  });
  await shutDown(code);
} catch (error) {
  // While stopping, a command fails because its processes are gone: the shutdown under way exits with its own code.
  if (!stopping) {
    console.error(`\n${terminal.paint('red', explain(error))}`);
    await shutDown(isFailure(error) ? 1 : 70);
  }
}
