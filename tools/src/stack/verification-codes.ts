import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { CommandContext } from '../context.js';

/** As the worker writes it in a trial without a mail server. */
const CODE_LINE = /^Verification code for \S+: \d+$/;
const POLL_INTERVAL_MS = 500;

/**
 * Shows the verification codes in a worker's log in the terminal: in a trial without a mail server nobody would find
 * them there. In production the worker writes none.
 */
export function showVerificationCodes({ terminal }: Pick<CommandContext, 'terminal'>, log: string): NodeJS.Timeout {
  let position = 0;
  let rest = '';
  const timer = setInterval(() => {
    const text = rest + readFrom(log);
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (CODE_LINE.test(line)) terminal.line(terminal.paint('bold', line));
  }, POLL_INTERVAL_MS);
  return timer.unref();

  function readFrom(path: string): string {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch {
      return ''; // removed
    }
    try {
      const { size } = fstatSync(file);
      // The file has been truncated.
      if (size < position) position = 0;
      const buffer = Buffer.alloc(Math.min(size - position, 1 << 20));
      position += readSync(file, buffer, 0, buffer.length, position);
      return buffer.toString();
    } finally {
      closeSync(file);
    }
  }
}
