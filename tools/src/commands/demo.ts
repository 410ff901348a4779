import type { CommandContext } from '../context.js';
import { DemoClient } from '../demo/client.js';
import { seededRandom } from '../demo/random.js';
import { runCrowd } from '../demo/run-crowd.js';
import { startDemo } from '../demo/start-demo.js';
import { type Ports, readPorts } from '../stack/ports.js';
import { supervise } from '../stack/supervisor.js';

/** Like `start`, with new data of its own at each start, and a crowd that registers and leaves. */
export async function demoCommand(context: CommandContext): Promise<number> {
  const ports = readPorts(process.env);
  const { parts, people, registered } = await startDemo(context, ports);
  printSummary(context, ports);
  const client = new DemoClient(`http://localhost:${ports.web}`);
  const crowd = runCrowd({ client, people, registered, random: seededRandom(Date.now()) });
  return Promise.race([crowd, ...parts.map((part) => supervise(context, part))]);
}

function printSummary({ terminal }: CommandContext, { web }: Ports): void {
  const rows = [
    ['Watch seats fill', `http://localhost:${web}/competitions?sort=popular`],
    ['Opening next', `http://localhost:${web}`],
    ['As an organizer', 'sign in as organizer1@minicompete.com, and open Organize'],
    ['As a participant', 'sign in as participant1@minicompete.com, and register'],
    ['API documentation', `http://localhost:${web}/api/docs`],
  ];
  terminal.line();
  terminal.line(terminal.paint('bold', `The demo is running (started in ${terminal.elapsed()})`));
  terminal.line();
  for (const [name = '', value] of rows) terminal.line(`  ${name.padEnd(18)} ${value}`);
  terminal.line();
  terminal.line('  Hundreds of simulated people register, wait and leave; a competition opens every few minutes.');
  terminal.line('  All passwords are password123.');
  terminal.line();
  terminal.line('Press Ctrl-C to stop. The next demo starts with new data; the data of npm start is not touched.');
}
