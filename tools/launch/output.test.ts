import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../run.mjs', import.meta.url));
/** Of a file, in blocks of 512 bytes. The lock file of the launcher is smaller. */
const SIZE_LIMIT = 4;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mini-compete-output-'));
  expect(await launch('stdout', 'ignore')).toBe(0); // builds the tools, which takes room
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The first prints to standard output, the second its steps to standard error. */
const COMMANDS = { stdout: ['start', '--help'], stderr: ['release', 'notes', '0.1.0'] };

/** Resolves to the exit code. */
async function launch(name: keyof typeof COMMANDS, output: number | 'ignore', prefix: readonly string[] = []) {
  const [program = '', ...args] = [...prefix, process.execPath, LAUNCHER, ...COMMANDS[name]];
  const stdio = ['stdout', 'stderr'].map((other) => (other === name ? output : 'ignore'));
  const [code] = await once(spawn(program, args, { stdio: ['ignore', ...stdio] }), 'exit');
  return code;
}

describe.runIf(process.platform === 'linux')('S2: a command that cannot write its output', () => {
  it.each(['stdout', 'stderr'] as const)('does what it should while the disk is full (%s)', async (name) => {
    const full = openSync('/dev/full', 'w');
    expect(await launch(name, full)).toBe(0);
    closeSync(full);
  });

  it('does what it should when the file of its output may not grow', async () => {
    const file = join(folder, 'log');
    const before = 'x'.repeat(SIZE_LIMIT * 512);
    writeFileSync(file, before);
    const log = openSync(file, 'a');
    const limited = ['sh', '-c', `ulimit -f ${SIZE_LIMIT}; exec "$@"`, 'sh'];
    expect(await launch('stdout', log, limited)).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(before);
    closeSync(log);
  });
});

it('a command ends when the reader of its output has exited', async () => {
  const launcher = spawn(process.execPath, [LAUNCHER, ...COMMANDS.stdout], { stdio: ['ignore', 'pipe', 'ignore'] });
  launcher.stdout.destroy();
  expect((await once(launcher, 'exit'))[0]).toBe(1);
});
