import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

export interface ProgramOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string;
}

/** Runs a program and returns what it printed. An error has all of its output. */
export async function program(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  try {
    const { stdout } = await run(command, args, { maxBuffer: MAX_OUTPUT, ...options });
    return stdout.trim();
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(`${command} is missing. On Debian: apt-get install ${command}`);
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout.slice(-2_000)}${stderr.slice(-4_000)}`);
  }
}

export const succeeds = (command: string, args: readonly string[], options?: ProgramOptions): Promise<boolean> =>
  program(command, args, options).then(
    () => true,
    () => false,
  );
