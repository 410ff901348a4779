import { run as textbook } from '../baselines/textbook.js';
import { run as load } from './load.js';
import type { LoadCommand } from './load-process.js';
import { subscribe } from './subscribers.js';

/** The child process of `LoadProcess`. */
process.on('message', async (command: LoadCommand) => {
  process.send?.(await execute(command));
});
process.on('disconnect', () => process.exit());

function execute(command: LoadCommand) {
  switch (command.kind) {
    case 'load':
      return load(command.plan);
    case 'textbook':
      return textbook(command.plan);
    case 'subscribe':
      return subscribe(command.plan);
  }
}
