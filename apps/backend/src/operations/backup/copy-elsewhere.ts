import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { OperatorError } from '../../platform/errors/operator-error.js';

/** The end is what says why. */
const MAX_OUTPUT_LENGTH = 400;

/** Runs BACKUP_COPY_COMMAND, which copies the folder of backups to another place. */
export async function copyElsewhere(command: string): Promise<void> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT_LENGTH);
    });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code !== 0)
    throw new OperatorError(
      `The backup is in BACKUP_FOLDER only: BACKUP_COPY_COMMAND ended with ${signal ?? code}. ${output.trim()}`,
    );
}
