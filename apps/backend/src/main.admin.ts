import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { runAdminCommand } from './admin-commands.js';
import { loadEnv } from './platform/config/env.js';
import { runMain } from './platform/process/run-main.js';

await runMain(async () => {
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  console.log(await runAdminCommand(loadEnv(), process.argv.slice(2), isInteractive ? askPassword : undefined));
});

/** Without echo: the password would stay visible in the terminal. */
async function askPassword(): Promise<string> {
  process.stdout.write('Password (leave empty to generate one): ');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question('');
  } finally {
    reader.close();
    process.stdout.write('\n');
  }
}
